import type { PoolClient } from 'pg';
import { ASSIGNEE_GONE } from '#libs/case-domain';
import { type LedgerDependencies, settle } from '#libs/case-ledger';
import {
  deleteWakes,
  findStrandedCases,
  findWaitingCases,
  findWaitingLines,
  findWokenLines,
  readWakes,
  WAKE_CHANNEL,
  type WaitingLine,
  type WakeRow,
} from '#libs/case-store';
import { Doorbell } from '../doorbell.js';

const MOST_WAKES = 1000;
/** Cases of one transaction: all of them are locked, and most often there is room for one. */
const PORTION = 20;
/** Notifications shorten it. Milliseconds. */
const LONGEST_WAIT = 1000;
/** How often all groups are looked at, for what nobody said. Milliseconds. */
const SWEEP_EVERY = 60_000;

/**
 * Gives cases that wait to agents who can take them (domain.md §16), until the signal aborts:
 * 1. look at all groups, at the beginning and once a minute: somebody may have died before he said what happened
 * 2. read what happened: an agent has room or came, a case began to wait
 * 3. take away the cases of agents who are gone
 * 4. give away what waits in the groups that this is about, the oldest of the highest priority first
 * 5. forget what was read, and sleep until something happens
 * Whoever does this at the same time decides under the same locks, so nothing is given away twice.
 */
export async function giveWaiting(
  ledger: LedgerDependencies,
  client: PoolClient,
  signal: AbortSignal,
  progress: () => void,
): Promise<void> {
  const doorbell = new Doorbell(client, WAKE_CHANNEL);
  await doorbell.listen();
  let sweepAt = 0;
  while (!signal.aborted) {
    if (performance.now() >= sweepAt) {
      await giveLines(ledger, await findWaitingLines(ledger.pool), signal);
      sweepAt = performance.now() + SWEEP_EVERY;
    }
    // The looks are the signs of life of the leader's session.
    const wakes = await readWakes(client, MOST_WAKES);
    if (wakes.length === 0) {
      progress();
      await doorbell.rung(LONGEST_WAIT, signal);
      continue;
    }
    await answerWakes(ledger, wakes, signal);
    await deleteWakes(
      ledger.pool,
      wakes.map(({ id }) => id),
    );
    progress();
  }
}

/** Does what the rows ask for, and returns how many cases found somebody. Doing it again does no more. */
export async function answerWakes(
  ledger: LedgerDependencies,
  wakes: readonly WakeRow[],
  signal: AbortSignal,
): Promise<number> {
  let given = 0;
  for (const accountId of new Set(wakes.map((one) => one.accountId))) {
    const own = wakes.filter((one) => one.accountId === accountId);
    const agentIds = [...new Set(own.flatMap(({ agentId }) => agentId ?? []))];
    const groupIds = [...new Set(own.flatMap(({ groupId }) => groupId ?? []))];
    // Whoever came may have come since this process has looked at its account.
    ledger.directory.invalidate(accountId);
    await releaseStranded(ledger, accountId, agentIds, signal);
    given += await giveLines(ledger, await findWokenLines(ledger.pool, accountId, { agentIds, groupIds }), signal);
  }
  return given;
}

async function releaseStranded(
  ledger: LedgerDependencies,
  accountId: string,
  agentIds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  let caseIds: readonly string[];
  let released = 0;
  do {
    const wanted = { agentIds, flag: ASSIGNEE_GONE };
    caseIds = agentIds.length === 0 ? [] : await findStrandedCases(ledger.pool, accountId, wanted, PORTION);
    if (caseIds.length > 0) {
      const inputs = caseIds.map((caseId) => ({ kind: 'due', due: 'stranded', caseId }) as const);
      released = await settledAs('released', ledger, { accountId, inputs }, signal);
    }
  } while (caseIds.length === PORTION && released > 0 && !signal.aborted);
}

async function giveLines(
  ledger: LedgerDependencies,
  lines: readonly WaitingLine[],
  signal: AbortSignal,
): Promise<number> {
  let given = 0;
  for (const line of lines) {
    given += await giveLine(ledger, line, signal);
  }
  return given;
}

/** As long as all of a portion find somebody: whoever finds nobody stands before those that come after. */
async function giveLine(ledger: LedgerDependencies, line: WaitingLine, signal: AbortSignal): Promise<number> {
  const { accountId } = line;
  let given = 0;
  for (;;) {
    const found = await findWaitingCases(ledger.pool, line, PORTION);
    const inputs = found.map((one) => ({ kind: 'due', due: 'waiting', ...one }) as const);
    const assigned = found.length === 0 ? 0 : await settledAs('assigned', ledger, { accountId, inputs }, signal);
    given += assigned;
    if (found.length < PORTION || assigned < found.length || signal.aborted) {
      return given;
    }
  }
}

type Inputs = Parameters<typeof settle>[1][number];

async function settledAs(
  ending: string,
  ledger: LedgerDependencies,
  work: Inputs,
  signal: AbortSignal,
): Promise<number> {
  const [settlement] = await settle(ledger, [work], { signal });
  const endings = settlement?.known === true ? settlement.endings : [];
  return endings.filter((one) => one === ending).length;
}
