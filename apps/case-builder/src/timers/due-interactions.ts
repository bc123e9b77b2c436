import type { PoolClient } from 'pg';
import type { FoldKind } from '#libs/case-domain';
import { type InteractionDueInput, type LedgerDependencies, settle } from '#libs/case-ledger';
import { type DueInteraction, findDueInteractions, findNextDue, postponeInteractions } from '#libs/case-store';
import { interactionTopic } from '#libs/interaction';
import { type Breaker, type PoisonRecord, runIsolating } from '#libs/messaging';
import { pause } from '#libs/runtime';
import { classifyFailure } from '../batch/handle-batch.js';

const CHUNK = 200;
/** What is due is known beforehand, at least so long; an account that waits for less is served within it. Milliseconds. */
const LONGEST_WAIT = 1000;
/** What nothing can be made of is tried again so much later. Milliseconds. */
const POSTPONED_BY = 60 * 60_000;

export interface DueDependencies {
  readonly ledger: LedgerDependencies;
  /** Kinds of facts that time changes. */
  readonly folds: readonly FoldKind[];
  /** Gives the lead away before a defect of ours postpones everything. */
  readonly breaker: Breaker;
  readonly onPostponed: (interactionId: string, error: Error) => void;
}

/** How much was found, and of how much of it something became. */
export interface DuePortion {
  readonly found: number;
  readonly settled: number;
}

/**
 * Lets time pass for what is told piece by piece, until the signal aborts:
 * 1. settle what is due, a portion at a time
 * 2. sleep until the next is due
 * What was missed is caught up at the beginning. Two processes that do this at once do no more than one: whoever comes
 * second finds that nothing is due any more. The looks at the next one are the signs of life of the leader's session.
 */
export async function passTime(
  dependencies: DueDependencies,
  client: PoolClient,
  signal: AbortSignal,
  progress: () => void,
): Promise<void> {
  while (!signal.aborted) {
    const { at, now } = await findNextDue(client);
    const moment = dependencies.ledger.now(now);
    const wait = at === null ? LONGEST_WAIT : at.getTime() - moment.getTime();
    if (wait > 0) {
      progress();
      await pause(Math.min(wait, LONGEST_WAIT), signal);
      continue;
    }
    const { settled } = await settleDueInteractions(dependencies, moment.toISOString(), signal);
    progress();
    if (settled === 0) {
      await pause(LONGEST_WAIT, signal);
    }
  }
}

/** Settles one portion of what is due at an instant, longest due first, each account in one transaction. */
export async function settleDueInteractions(
  dependencies: DueDependencies,
  until: string,
  signal: AbortSignal,
): Promise<DuePortion> {
  const found = await findDueInteractions(dependencies.ledger.pool, until, CHUNK);
  let settled = 0;
  for (const accountId of new Set(found.map((one) => one.accountId))) {
    const inputs = found.flatMap((one) => (one.accountId === accountId ? inputOf(one, dependencies.folds) : []));
    settled += await settleOf(accountId, inputs, dependencies, signal);
  }
  return { found: found.length, settled };
}

/** A kind of facts that this process does not know is somebody else's. */
function inputOf({ id, channel }: DueInteraction, folds: readonly FoldKind[]): InteractionDueInput[] {
  const fold = folds.find(({ topic }) => topic === interactionTopic(channel));
  return fold === undefined ? [] : [{ kind: 'due', due: 'interaction', fold, interactionId: id }];
}

async function settleOf(
  accountId: string,
  due: readonly InteractionDueInput[],
  { ledger, breaker, onPostponed }: DueDependencies,
  signal: AbortSignal,
): Promise<number> {
  let settled = 0;
  const attempt = async (inputs: readonly InteractionDueInput[]): Promise<void> => {
    const [settlement] = await settle(ledger, [{ accountId, inputs }], { signal });
    const endings = settlement?.known === true ? settlement.endings : [];
    settled += endings.filter((ending) => ending !== 'not_due').length;
  };
  const classify = (error: unknown) => (signal.aborted ? 'transient' : classifyFailure(error));
  const { poison } = await runIsolating(due, attempt, { classify, breaker });
  await postpone(accountId, poison, ledger);
  poison.forEach(({ record, error }) => onPostponed(record.interactionId, error));
  return settled + poison.length;
}

/** What cannot be written would hold up everything that is due after it. */
async function postpone(
  accountId: string,
  poison: readonly PoisonRecord<InteractionDueInput>[],
  { pool, now }: LedgerDependencies,
): Promise<void> {
  if (poison.length > 0) {
    const until = new Date(now().getTime() + POSTPONED_BY).toISOString();
    const ids = poison.map(({ record }) => record.interactionId);
    await postponeInteractions(pool, accountId, ids, until);
  }
}
