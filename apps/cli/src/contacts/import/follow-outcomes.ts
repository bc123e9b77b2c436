import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import { refuseDeadContactImportRows, settleContactImportRows } from '#libs/case-store';
import { interactionTopic } from '#libs/interaction';

/** Rows that are looked at in one statement. They are decided in the order of the file, so the first that wait tell enough. */
const MOST_ROWS = 2000;
const PAUSE_MS = 200;
/** While rows are still sent, the decisions are behind: a look at them takes from what makes rows durable. */
const PAUSE_WHILE_SENDING_MS = 1000;
/** After so long without a decision the operator is told, and dead letters are looked at. */
const STALLED_MS = 15_000;

export interface Following {
  readonly pool: Pool;
  readonly accountId: string;
  readonly importId: string;
  /** Whether more rows may still wait than are noted as decided. */
  readonly isWaiting: () => Promise<boolean>;
  readonly isSending: () => boolean;
  readonly signal: AbortSignal;
  readonly decided: (rows: number) => void;
  /** Nothing was decided for a while. */
  readonly stalled: () => void;
}

/** Writes down what becomes of rows until none waits any more, or it is interrupted. */
export async function followOutcomes(following: Following): Promise<void> {
  const { pool, accountId, importId, signal, decided, stalled } = following;
  let lastDecision = performance.now();
  while (!signal.aborted) {
    const settled = await settleContactImportRows(pool, { accountId, importId, limit: MOST_ROWS });
    decided(settled);
    if (settled > 0) {
      lastDecision = performance.now();
    } else if (!(await following.isWaiting())) {
      return;
    } else if (performance.now() - lastDecision > STALLED_MS) {
      decided(await refuseDeadContactImportRows(pool, { accountId, importId, topic: interactionTopic('contact') }));
      stalled();
      lastDecision = performance.now();
    }
    if (settled < MOST_ROWS) {
      const pause = following.isSending() ? PAUSE_WHILE_SENDING_MS : PAUSE_MS;
      await wait(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}
