import type { Pool, PoolClient } from 'pg';
import { applyWrites, claimInteractions, decideAll, openedCases, planWrites } from '#libs/case-ledger';
import {
  type AccountDirectory,
  advancePartition,
  allocateNumbers,
  appendOutbox,
  loadSnapshot,
  lockPartition,
  type PartitionName,
} from '#libs/case-store';
import { newId } from '#libs/interaction';
import type { LogRecord } from '#libs/messaging';
import { transaction } from '#libs/postgres';
import { buryRecords } from './dead-letters.js';
import { byAccount, type DecodedRecord, decodeRecords, type RefusedRecord } from './decode-records.js';

export interface SettleDependencies {
  readonly pool: Pool;
  readonly directory: AccountDirectory;
  readonly now: () => Date;
  /** Names this process in `consumer_partition`. */
  readonly owner: string;
}

/** What one transaction settled, for the metrics. */
export interface Settlement {
  /** One per interaction: an outcome, or `duplicate`. */
  readonly outcomes: readonly string[];
  readonly refused: readonly RefusedRecord[];
}

/**
 * Settles consecutive records of one partition in one transaction:
 *  1. decode: what cannot be an interaction is refused
 *  2. fence: whoever holds the partition's row is alone with the partition
 *  3. claim: interactions that nobody has settled, once each
 *  4. load: everything that their decisions need, locked in order
 *  5. decide: one after another, in memory
 *  6. number: the cases that are opened
 *  7. apply: rows, set-wise
 *  8. announce: what the relay has to tell the topics
 *  9. bury: what was refused
 * 10. commit: the fence notes how far the partition is done
 * A throw leaves nothing behind, and the same records can be settled again.
 */
export async function settleRecords(
  dependencies: SettleDependencies,
  place: PartitionName,
  records: readonly LogRecord[],
  signal: AbortSignal,
): Promise<Settlement> {
  const { pool, owner } = dependencies;
  const now = dependencies.now().toISOString();
  const { decoded, refused: undecodable } = decodeRecords(records);
  return transaction(pool, async (client) => {
    await lockPartition(client, place, owner);
    const settled: Settlement[] = [];
    for (const [accountId, own] of byAccount(decoded)) {
      settled.push(await settleAccount(dependencies, client, accountId, own, now));
    }
    const refused = [...undecodable, ...settled.flatMap((one) => one.refused)];
    await buryRecords(client, place.group, refused, now);
    await advancePartition(client, place, nextOffset(records), owner);
    // The partition is somebody else's by now: its new owner settles these records.
    signal.throwIfAborted();
    return { outcomes: settled.flatMap((one) => one.outcomes), refused };
  });
}

async function settleAccount(
  { directory, pool }: SettleDependencies,
  client: PoolClient,
  accountId: string,
  own: readonly DecodedRecord[],
  now: string,
): Promise<Settlement> {
  const setup = await directory.find(client, accountId);
  if (setup === null) {
    return { outcomes: [], refused: own.map(refuseUnknownAccount) };
  }
  const { fresh, repetitions } = await claimInteractions(client, accountId, own);
  const interactions = fresh.map((one) => one.interaction);
  const snapshot = await loadSnapshot(client, setup, interactions);
  const loaded = new Map(snapshot.cases);
  const decided = decideAll(fresh, snapshot, { now, newId: newId });
  const numbers = await numberCases(pool, accountId, openedCases(decided));
  const plan = planWrites({ accountId, now, decided, repetitions, loaded, numbers });
  await applyWrites(client, plan);
  for (const announcement of plan.announcements) {
    await appendOutbox(client, accountId, announcement);
  }
  const duplicates = own.length - fresh.length;
  const outcomes = [
    ...[...plan.interactions, ...plan.released].map((row) => row.outcome),
    ...Array<string>(duplicates).fill('duplicate'),
  ];
  return { outcomes, refused: [] };
}

async function numberCases(
  pool: Pool,
  accountId: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (caseIds.length === 0) {
    return new Map();
  }
  const first = await allocateNumbers(pool, accountId, caseIds.length);
  return new Map(caseIds.map((id, index) => [id, (first + BigInt(index)).toString()]));
}

function refuseUnknownAccount({ record, interaction }: DecodedRecord): RefusedRecord {
  const message = `no account ${interaction.accountId} is set up`;
  return { record, reason: 'unknown-account', stage: 'decide', errorClass: 'UnknownAccount', message, attempts: 1 };
}

function nextOffset(records: readonly LogRecord[]): bigint {
  return records.reduce((next, { offset }) => (offset >= next ? offset + 1n : next), 0n);
}
