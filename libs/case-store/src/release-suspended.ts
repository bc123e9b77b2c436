import type { Pool } from 'pg';
import { interactionRecord, type Interaction } from '#libs/interaction';
import { transaction } from '#libs/postgres';
import { appendOutbox } from './sql/outbox/append-outbox.js';
import { settleSuspension, type SettledSuspension, type Verdict } from './sql/quarantine/settle-suspension.js';
import { verdictRecord } from './verdict-record.js';

type Decided = Omit<Verdict, 'state'>;

/**
 * Lets one that waits go on, in one transaction: its row says so, the topics are told, and its own record is published
 * again by the relay. Case-builder takes it up because of the row, once, however often the record comes. False when
 * none of this id waits.
 */
export function releaseSuspended(
  pool: Pool,
  accountId: string,
  interactionId: string,
  decided: Decided,
): Promise<boolean> {
  return settle(pool, accountId, interactionId, { ...decided, state: 'released' });
}

/** Puts one that waits aside for good; the row stays. False when none of this id waits. */
export function rejectSuspended(
  pool: Pool,
  accountId: string,
  interactionId: string,
  decided: Decided,
): Promise<boolean> {
  return settle(pool, accountId, interactionId, { ...decided, state: 'rejected' });
}

async function settle(pool: Pool, accountId: string, interactionId: string, verdict: Verdict): Promise<boolean> {
  return transaction(pool, async (client) => {
    const settled = await settleSuspension(client, accountId, interactionId, verdict);
    if (settled === null) {
      return false;
    }
    const again = verdict.state === 'released' ? [recordAgain(settled)] : [];
    const records = [verdictRecord(accountId, interactionId, settled, verdict), ...again];
    await appendOutbox(client, accountId, { interactionIds: [], events: [], records, bytes: 0 });
    return true;
  });
}

/** The record as it was published: the same topic, key, value and id. */
function recordAgain({ payload }: SettledSuspension) {
  return { ...interactionRecord(JSON.parse(payload) as Interaction), value: payload };
}
