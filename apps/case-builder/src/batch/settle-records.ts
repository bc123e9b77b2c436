import type { FoldKind } from '#libs/case-domain';
import { type LedgerDependencies, type Settlement, settle, type Work, writeOff } from '#libs/case-ledger';
import { advancePartition, lockPartition, type PartitionName } from '#libs/case-store';
import type { LogRecord } from '#libs/messaging';
import { deadLettersOf } from './dead-letters.js';
import { wakeCalls } from '../callbar/wake-calls.js';
import { byAccount, type DecodedRecord, decodeRecords, type RefusedRecord } from './decode-records.js';

export interface SettleDependencies {
  readonly ledger: LedgerDependencies;
  /** Kinds of facts that become interactions, by the topics that hold them. */
  readonly folds: readonly FoldKind[];
  /** Names this process in `consumer_partition`. */
  readonly owner: string;
}

/** What one transaction settled, for the metrics. */
export interface SettledRecords {
  /** One per interaction: an outcome, or `duplicate`. */
  readonly outcomes: readonly string[];
  readonly refused: readonly RefusedRecord[];
}

/**
 * Settles consecutive records of one partition in one transaction:
 * 1. decode: what can be neither an interaction nor a fact is refused
 * 2. fence: whoever holds the partition's row is alone with the partition
 * 3. settle the interactions and facts (`settle` of the ledger)
 * 4. write off what was refused, and what belongs to no account
 * 5. the fence notes how far the partition is done; commit
 * 6. what agents have said of calls that came just now takes effect
 * A throw leaves nothing behind, and the same records can be settled again.
 */
export async function settleRecords(
  { ledger, owner, folds }: SettleDependencies,
  place: PartitionName,
  records: readonly LogRecord[],
  signal: AbortSignal,
): Promise<SettledRecords> {
  const { decoded, refused: undecodable } = decodeRecords(records, folds);
  const accounts = byAccount(decoded);
  const refusedBy = (settlements: readonly Settlement[]): RefusedRecord[] => {
    const unknown = settlements.filter((one) => !one.known).flatMap(({ accountId }) => accounts.get(accountId) ?? []);
    return [...undecodable, ...unknown.map(refuseUnknownAccount)];
  };
  const settlements = await settle(ledger, workOf(accounts), {
    before: (client) => lockPartition(client, place, owner),
    after: async (client, settled, now) => {
      await writeOff(client, deadLettersOf(place.group, refusedBy(settled), now), now);
      await advancePartition(client, place, nextOffset(records), owner);
    },
    // Once it aborts, the partition is somebody else's, who settles these records.
    signal,
  });
  await wakeCalls(ledger, toldCalls(accounts), signal);
  const outcomes = settlements.flatMap((one) => (one.known ? one.endings : []));
  return { outcomes, refused: refusedBy(settlements) };
}

/** Calls and voicemails of which facts were told, by account. */
function toldCalls(accounts: ReadonlyMap<string, readonly DecodedRecord[]>): Map<string, string[]> {
  const told = [...accounts].map(([accountId, own]): [string, string[]] => {
    return [accountId, own.flatMap(({ input }) => (input.kind === 'fact' ? [input.fact.interactionId] : []))];
  });
  return new Map(told.filter(([, ids]) => ids.length > 0));
}

function workOf(accounts: ReadonlyMap<string, readonly DecodedRecord[]>): Work[] {
  return [...accounts].map(([accountId, own]) => ({
    accountId,
    inputs: own.map(({ input }) => input),
  }));
}

function refuseUnknownAccount({ record, accountId }: DecodedRecord): RefusedRecord {
  const message = `no account ${accountId} is set up`;
  return { record, reason: 'unknown-account', stage: 'decide', errorClass: 'UnknownAccount', message, attempts: 1 };
}

function nextOffset(records: readonly LogRecord[]): bigint {
  return records.reduce((next, { offset }) => (offset >= next ? offset + 1n : next), 0n);
}
