import { ensureSearchIndex, countSearchQueue, indexSearch, type SearchLag } from '#libs/case-store';
import { pause } from '#libs/runtime';
import type { PoolClient } from 'pg';

/** How long it rests when nothing waits. Milliseconds. */
const IDLE = 500;
const COUNT_EVERY = 5000;

/**
 * Keeps cases findable by what they say, until the signal aborts. Each portion is a transaction: a crash leaves its notes,
 * and they are settled again. It rests as long as it works, so that mails keep the processors when there are many.
 */
export async function keepSearchable(
  client: PoolClient,
  signal: AbortSignal,
  report: (lag: SearchLag) => void,
  progress: () => void,
): Promise<void> {
  await ensureSearchIndex(client);
  let countedAt = -COUNT_EVERY;
  while (!signal.aborted) {
    const started = performance.now();
    await client.query('begin');
    const settled = await indexSearch(client);
    await client.query('commit');
    progress();
    if (performance.now() - countedAt >= COUNT_EVERY) {
      countedAt = performance.now();
      report(await countSearchQueue(client));
    }
    await pause(settled === 0 ? IDLE : performance.now() - started, signal);
  }
}
