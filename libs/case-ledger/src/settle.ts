import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { bothNeeds, type Consequence, mayOpenCase, type Moment, type Needs, NO_NEEDS } from '#libs/case-domain';
import { type AccountDirectory, beginWrite, ConcurrentChange } from '#libs/case-store';
import { transactionBegunBy } from '#libs/postgres';
import type { CaseNumbers, ReservedNumbers } from './case-numbers.js';
import type { Input, Settlement, Work } from './inputs.js';
import type { LedgerMetrics } from './ledger-metrics.js';
import { isLostRace, MoreNeeded, NeedsWithoutEnd } from './lost-race.js';
import { settleAccount } from './settle-account.js';

export interface LedgerDependencies {
  readonly pool: Pool;
  readonly directory: AccountDirectory;
  readonly numbers: CaseNumbers;
  readonly metrics: LedgerMetrics;
  /**
   * The moment of decisions, by which all of their rows are dated: that in which the database began the transaction, so
   * that processes whose clocks differ agree on an order. Without a transaction, that of this process.
   */
  readonly now: (begun?: Date) => Date;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** What follows from decisions, whoever made them. */
  readonly consequences: readonly Consequence[];
}

/** What the caller does in the same transaction. Both may run several times, and only one run is committed. */
export interface Frame {
  /** First: a fence, a key of idempotency. */
  readonly before?: (client: PoolClient) => Promise<void>;
  /** Last, with what the inputs came to. `now` is the instant of the decisions. */
  readonly after?: (client: PoolClient, settlements: readonly Settlement[], now: string) => Promise<void>;
  /** Once it aborts, nothing is committed any more. */
  readonly signal?: AbortSignal;
}

/** Losing a race is settled within milliseconds; what fails this often is left to the caller's backoff. */
const RACE_ATTEMPTS = 5;
const MOST_ROUNDS_OF_NEEDS = 3;

/**
 * Settles inputs, the only way in which cases are written, in one transaction:
 * 1. set numbers aside for cases that may be opened
 * 2. the caller's frame begins
 * 3. each account settles its inputs (`settleAccount`), in the order of account ids, which is that of all locks
 * 4. the caller's frame ends; commit
 * A lost race starts over at once, and so does a decision that has to lock more. Any other throw leaves nothing
 * behind, and the same inputs can be settled again.
 *
 * @throws what the database or the frame threw; `ConcurrentChange` when somebody else was first too often;
 * `NeedsWithoutEnd` when consequences never had enough.
 */
export async function settle(
  dependencies: LedgerDependencies,
  work: readonly Work[],
  frame: Frame = {},
): Promise<readonly Settlement[]> {
  const ordered = [...work].sort((one, other) => (one.accountId < other.accountId ? -1 : 1));
  const needs = new RoundsOfNeeds();
  let races = 0;
  for (;;) {
    try {
      return await attempt(dependencies, ordered, frame, needs.byAccount);
    } catch (error) {
      if (error instanceof MoreNeeded) {
        needs.add(error);
      } else if (isLostRace(error) && races < RACE_ATTEMPTS - 1) {
        races += 1;
        dependencies.metrics.lostRace();
        await delay(Math.random() * 10 * races, undefined, { signal: frame.signal });
      } else {
        throw error;
      }
    }
  }
}

/** What earlier attempts turned out to need; each account may start over so often by itself. */
class RoundsOfNeeds {
  readonly byAccount = new Map<string, Needs>();
  private readonly rounds = new Map<string, number>();

  /** @throws NeedsWithoutEnd when there were too many rounds. */
  add(more: MoreNeeded): void {
    const { accountId, needs } = more;
    const before = this.rounds.get(accountId) ?? 0;
    if (before === MOST_ROUNDS_OF_NEEDS) {
      throw new NeedsWithoutEnd(more, before);
    }
    this.rounds.set(accountId, before + 1);
    this.byAccount.set(accountId, bothNeeds(this.byAccount.get(accountId) ?? NO_NEEDS, needs));
  }
}

async function attempt(
  dependencies: LedgerDependencies,
  work: readonly Work[],
  frame: Frame,
  needs: ReadonlyMap<string, Needs>,
): Promise<readonly Settlement[]> {
  const reserved = await reserveNumbers(dependencies, work);
  let mayBeCommitted = false;
  try {
    const settlements = await transactionBegunBy(dependencies.pool, beginWrite, async (client, begun) => {
      const settled = await settleAll(dependencies, client, work, frame, { begun, needs, reserved });
      mayBeCommitted = true;
      return settled;
    });
    reserved.forEach((numbers) => numbers.putBack('unused'));
    count(dependencies.metrics, work, settlements);
    return settlements;
  } catch (error) {
    if (error instanceof ConcurrentChange && error.subject === 'case_number') {
      dependencies.numbers.forget();
    } else if (!mayBeCommitted || isLostRace(error)) {
      // What failed in its commit may have been committed all the same: then the numbers are borne by cases.
      reserved.forEach((numbers) => numbers.putBack('all'));
    }
    throw error;
  }
}

async function reserveNumbers(
  { directory, pool, numbers }: LedgerDependencies,
  work: readonly Work[],
): Promise<Map<string, ReservedNumbers>> {
  const reserved = new Map<string, ReservedNumbers>();
  for (const { accountId, inputs } of work) {
    const isSetUp = (await directory.find(pool, accountId)) !== null;
    reserved.set(accountId, await numbers.reserve(accountId, isSetUp ? inputs.filter(mayOpen).length : 0));
  }
  return reserved;
}

function mayOpen(input: Input): boolean {
  switch (input.kind) {
    case 'interaction':
      return mayOpenCase(input.interaction);
    case 'fact':
    case 'callbar':
      return true;
    case 'verdict':
      return input.word.change === 'released';
    case 'due':
      return input.due === 'released' || input.due === 'interaction';
    case 'contact':
    case 'contact_command':
      return false;
    case 'command':
      return input.command.command === 'create';
  }
}

interface Attempt {
  readonly begun: Date;
  readonly needs: ReadonlyMap<string, Needs>;
  readonly reserved: ReadonlyMap<string, ReservedNumbers>;
}

async function settleAll(
  { directory, metrics, consequences, now, newId }: LedgerDependencies,
  client: PoolClient,
  work: readonly Work[],
  frame: Frame,
  { begun, needs, reserved }: Attempt,
): Promise<Settlement[]> {
  const moment: Moment = { now: now(begun).toISOString(), newId };
  const settlements: Settlement[] = [];
  await frame.before?.(client);
  for (const one of work) {
    const numbers = reserved.get(one.accountId);
    if (numbers !== undefined) {
      const scope = { client, directory, metrics, moment, consequences, numbers };
      settlements.push(await settleAccount({ ...scope, needs: needs.get(one.accountId) ?? NO_NEEDS }, one));
    }
  }
  await frame.after?.(client, settlements, moment.now);
  frame.signal?.throwIfAborted();
  return settlements;
}

function count(metrics: LedgerMetrics, work: readonly Work[], settlements: readonly Settlement[]): void {
  const known = new Set(settlements.filter((one) => one.known).map((one) => one.accountId));
  for (const input of work.flatMap(({ accountId, inputs }) => (known.has(accountId) ? inputs : []))) {
    metrics.settled(input.kind, 1);
  }
  settlements.flatMap((one) => (one.known ? one.measured : [])).forEach((one) => metrics.measured(one));
}
