import type { FoldKind } from '#libs/case-domain';
import { type LedgerDependencies, openLedger } from '#libs/case-ledger';
import { type Declaration, declareConfiguration } from '#libs/case-store';
import { CASE_BUILDER_GROUP, type Interaction, type InteractionRecord, interactionRecord } from '#libs/interaction';
import { Metrics } from '#libs/runtime';
import { createBreaker, createWitnesses, type LogRecord, type RecordBatch } from '#libs/messaging';
import {
  aDeclaration,
  aDeclaredAccount,
  aDeclaredAgent,
  aDeclaredGroup,
  aDeclaredMailbox,
  testDatabase,
  type TestDatabase,
} from '#libs/testing';
import { type BatchDependencies, handleBatch } from '../../../apps/case-builder/src/batch/handle-batch.js';
import { batchMetrics } from '../../../apps/case-builder/src/metrics.js';

/** A case-builder without its log: batches go in, rows come out. */
export interface TestBuilder {
  readonly database: TestDatabase;
  readonly dependencies: BatchDependencies;
  readonly metrics: Metrics;
  /** Handles the interactions as one batch of a partition, starting at the offset. */
  handle(interactions: readonly Interaction[], place?: Partial<Place>): Promise<void>;
  handleRecords(records: readonly LogRecord[]): Promise<void>;
}

interface Place {
  readonly partition: number;
  readonly offset: number;
}

/** Of an account whose limits are off, which tests of other things run into; and which waits for nothing. */
export function aQuietDeclaration(overrides: Partial<Declaration> = {}): Declaration {
  const backStops = { newCasesPerHour: 0, messagesPerCaseAndHour: 0, automaticPerDay: 0 };
  return aDeclaration({
    account: aDeclaredAccount({ backStops, callSettleSeconds: 0 }),
    endpoints: [aDeclaredMailbox('support@acme.example'), aDeclaredMailbox('sales@acme.example')],
    ...overrides,
  });
}

export function aTeam(strategy: 'round_robin' | 'least_open', ...names: string[]): Partial<Declaration> {
  return {
    groups: [aDeclaredGroup('Support', strategy)],
    agents: names.map((name) => aDeclaredAgent(`${name}@acme.example`, name)),
  };
}

/** The record of an interaction as the log hands it over. */
export function aRecord(interaction: Interaction, offset: number, partition = 0): LogRecord {
  return asHandedOver(interactionRecord(interaction), offset, partition);
}

/** A record as the log hands it over. */
export function asHandedOver(
  { topic, key, value, headers }: InteractionRecord,
  offset: number,
  partition = 0,
): LogRecord {
  return {
    topic,
    partition,
    offset: BigInt(offset),
    timestamp: new Date('2026-03-02T09:00:02.000Z'),
    key,
    value: Buffer.from(value),
    headers,
  };
}

export async function testBuilder(
  declared: Partial<Declaration> = {},
  max = 20,
  ledger: Partial<LedgerDependencies> = {},
  folds: readonly FoldKind[] = [],
): Promise<TestBuilder> {
  const database = await testDatabase({ max });
  await declareConfiguration(database.pool, aQuietDeclaration(declared));
  const metrics = new Metrics();
  const dependencies: BatchDependencies = {
    ledger: openLedger(database.pool, metrics, ledger),
    folds,
    owner: 'test',
    metrics: batchMetrics(metrics),
    breaker: createBreaker(),
    witnesses: createWitnesses(),
  };
  return { database, dependencies, metrics, ...handlersOf(dependencies) };
}

function handlersOf(dependencies: BatchDependencies): Pick<TestBuilder, 'handle' | 'handleRecords'> {
  const handleRecords = async (records: readonly LogRecord[]): Promise<void> => {
    const [first] = records;
    const batch: RecordBatch = {
      topic: first?.topic ?? 'interactions.email.v1',
      partition: first?.partition ?? 0,
      records,
    };
    await handleBatch(dependencies, batch, { group: CASE_BUILDER_GROUP, signal: new AbortController().signal });
  };
  return {
    handleRecords,
    handle: (interactions, { partition = 0, offset = 0 } = {}) => {
      return handleRecords(interactions.map((interaction, index) => aRecord(interaction, offset + index, partition)));
    },
  };
}
