import { Metrics, defaultAccountId } from '#libs/runtime';
import { AccountDirectory, type Declaration, declareConfiguration } from '#libs/case-store';
import { CASE_BUILDER_GROUP, type Interaction, interactionRecord, OCCASIONS } from '#libs/interaction';
import { createBreaker, type LogRecord, type RecordBatch } from '#libs/messaging';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { type BatchDependencies, handleBatch } from '../../../apps/case-builder/src/batch/handle-batch.js';
import { batchMetrics } from '../../../apps/case-builder/src/metrics.js';

/** A case-builder without its log: batches go in, rows come out. */
export interface TestBuilder {
  readonly database: TestDatabase;
  readonly dependencies: BatchDependencies;
  /** Handles the interactions as one batch of a partition, starting at the offset. */
  handle(interactions: readonly Interaction[], place?: Partial<Place>): Promise<void>;
  handleRecords(records: readonly LogRecord[]): Promise<void>;
}

interface Place {
  readonly partition: number;
  readonly offset: number;
}

export function aDeclaration(overrides: Partial<Declaration> = {}): Declaration {
  return {
    account: {
      id: defaultAccountId,
      name: 'Acme',
      timeZone: 'Europe/Lisbon',
      defaultCountry: 'PT',
      defaultGroup: 'Support',
      resolvedAutoCloseDays: 5,
      reopenPolicy: 'until_closed',
      reopenWindowDays: null,
      stickyDays: 7,
      followUpInheritAssignee: false,
      autoCreate: OCCASIONS,
      backStops: { newCasesPerHour: 0, messagesPerCaseAndHour: 0, automaticPerDay: 0 },
    },
    groups: [],
    agents: [],
    endpoints: [aMailbox('support@acme.example'), aMailbox('sales@acme.example')],
    apiKeys: [],
    ...overrides,
  };
}

export function aMailbox(address: string, group = 'Support'): Declaration['endpoints'][number] {
  return { kind: 'mailbox', address, group, defaultPriority: null, defaultType: null, autoCreate: null };
}

export function aTeam(strategy: 'round_robin' | 'least_open', ...names: string[]): Partial<Declaration> {
  return {
    groups: [
      {
        name: 'Support',
        strategy,
        capacityPerAgent: null,
        reopenPolicy: null,
        reopenWindowDays: null,
        keepOwnerOnReopen: true,
      },
    ],
    agents: names.map((name) => ({
      email: `${name}@acme.example`,
      name,
      role: 'agent',
      active: true,
      extensions: [],
      groups: ['Support'],
    })),
  };
}

/** The record of an interaction as the log hands it over. */
export function aRecord(interaction: Interaction, offset: number, partition = 0): LogRecord {
  const { topic, key, value, headers } = interactionRecord(interaction);
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

export async function testBuilder(declared: Partial<Declaration> = {}, max = 20): Promise<TestBuilder> {
  const database = await testDatabase({ max });
  await declareConfiguration(database.pool, aDeclaration(declared));
  const dependencies: BatchDependencies = {
    pool: database.pool,
    directory: new AccountDirectory(),
    now: () => new Date(),
    owner: 'test',
    metrics: batchMetrics(new Metrics()),
    breaker: createBreaker(),
  };
  return { database, dependencies, ...handlersOf(dependencies) };
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
