import type { Pool } from 'pg';
import { caseEventRow } from '#libs/case-ledger';
import {
  type AccountDirectory,
  appendOutbox,
  insertCaseEvents,
  loadClosingAccounts,
  lockClosableCases,
  type Queryable,
  updateCases,
} from '#libs/case-store';
import { type AccountRules, type Changed, closeDue } from '#libs/case-domain';
import { transaction } from '#libs/postgres';

export interface AutoCloseDependencies {
  readonly pool: Pool;
  readonly directory: AccountDirectory;
  readonly now: () => Date;
}

const DAY = 24 * 60 * 60 * 1000;
const CHUNK = 200;

/**
 * Closes the resolved cases whose time is up and returns how many. A run that was missed is caught up by the next; a
 * second run finds nothing. A case that a reply holds at this moment is left to the next run, which looks again.
 */
export async function closeDueCases(dependencies: AutoCloseDependencies, signal: AbortSignal): Promise<number> {
  const { pool, directory } = dependencies;
  let closed = 0;
  for (const accountId of await loadClosingAccounts(pool)) {
    const setup = await directory.find(pool, accountId);
    let more = setup !== null;
    while (setup !== null && more && !signal.aborted) {
      const portion = await closePortion(dependencies, setup.rules);
      closed += portion;
      more = portion === CHUNK;
    }
  }
  return closed;
}

/**
 * One transaction:
 * 1. lock what looks due
 * 2. check again under the lock, by the rule itself
 * 3. close, with an event and the new state for each
 */
async function closePortion({ pool, now }: AutoCloseDependencies, rules: AccountRules): Promise<number> {
  const moment = now();
  const until = new Date(moment.getTime() - (rules.resolvedAutoCloseDays ?? 0) * DAY).toISOString();
  return transaction(pool, async (client) => {
    const candidates = await lockClosableCases(client, rules.id, until, CHUNK);
    const closed = candidates.flatMap((state) => closeDue(state, rules, moment.toISOString()) ?? []);
    if (closed.length > 0) {
      await writeClosed(client, rules.id, moment.toISOString(), closed);
    }
    return closed.length;
  });
}

async function writeClosed(
  client: Queryable,
  accountId: string,
  at: string,
  closed: readonly Changed[],
): Promise<void> {
  const states = closed.map(({ state }) => state);
  const events = closed.map(({ state, change }) => caseEventRow(state.id, state.version, change));
  await updateCases(client, accountId, states);
  await insertCaseEvents(client, accountId, at, events);
  const bytes = states.reduce((sum, state) => sum + state.description.length, 0);
  await appendOutbox(client, accountId, { interactionIds: [], events, records: [], bytes });
}
