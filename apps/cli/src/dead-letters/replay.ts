import type { Pool } from 'pg';
import { listDeadLetters, loadDeadLetters, settleDeadLetters, type DeadLetter } from '#libs/case-store';
import { deadLetterHeaders, replayRecord, type EventLog, type OutgoingRecord } from '#libs/messaging';

/** What became of one dead letter. */
export interface Replay {
  readonly id: string;
  readonly result: 'replayed' | 'already replayed' | 'already discarded' | 'unknown';
  readonly topic: string | null;
}

/** Values may be 1 MB each, so few are in memory at a time. */
const AT_A_TIME = 50;

/**
 * Sends waiting dead letters back to their own topics, with the same key and id.
 *   1 load   2 publish, until it is durable   3 mark as replayed
 * A crash between 2 and 3 publishes again next time, which is harmless: the interaction has the same id.
 */
export async function replayDeadLetters(pool: Pool, log: EventLog, ids: readonly string[]): Promise<Replay[]> {
  const replays: Replay[] = [];
  for (let start = 0; start < ids.length; start += AT_A_TIME) {
    const wanted = ids.slice(start, start + AT_A_TIME);
    const found = await loadDeadLetters(pool, wanted);
    const waiting = found.filter((letter) => letter.state === 'waiting');
    if (waiting.length > 0) {
      await log.publish(waiting.map(recordOf));
      const done = waiting.map((letter) => letter.id);
      await settleDeadLetters(pool, done, 'replayed');
    }
    replays.push(...wanted.map((id) => resultOf(id, found)));
  }
  return replays;
}

/** Ids of all that wait, oldest first. */
export async function waitingIds(pool: Pool): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await listDeadLetters(pool, ['waiting'], { limit: 1000, afterId: ids.at(-1) ?? null });
    ids.push(...page.map((letter) => letter.id));
    if (page.length < 1000) {
      return ids;
    }
  }
}

/** The stored record with the headers that it has on the topic of dead letters, as `replayRecord` wants it. */
function recordOf(letter: DeadLetter): OutgoingRecord {
  const { key, value } = letter;
  const headers = { ...letter.headers, [deadLetterHeaders.topic]: letter.topic };
  const record = replayRecord({ key, value, headers });
  if (record === null) {
    throw new Error(`dead letter ${letter.id} names no topic`);
  }
  return record;
}

function resultOf(id: string, found: readonly DeadLetter[]): Replay {
  const letter = found.find((one) => one.id === id);
  if (letter === undefined) {
    return { id, result: 'unknown', topic: null };
  }
  const result = letter.state === 'waiting' ? 'replayed' : (`already ${letter.state}` as const);
  return { id, result, topic: letter.topic };
}
