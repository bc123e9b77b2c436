import { CASE_STORE_MIGRATIONS, type Declaration, declareConfiguration } from '#libs/case-store';
import { CASE_BUILDER_GROUP, INTERACTION_TOPICS, TOPICS } from '#libs/interaction';
import type { EventLog, LogRecord, OutgoingRecord } from '#libs/messaging';
import type { Pool } from 'pg';
import { migrate } from '#libs/postgres';
import { PATIENCE_MS, testDatabase, waitUntil } from '#libs/testing';
import type { Mail } from '../mails/a-mail.js';
import { ACME, MAILBOXES } from './acme.js';
import { makeBuilder, type Builder } from './builder.js';
import { openIntake, type Intake } from './intake.js';
import type { LogUnderTest } from './logs.js';
import { readTables, type Tables } from './tables.js';

/** A small company with two mailboxes: mail goes in over SMTP, cases come out of PostgreSQL and the topics. */
export interface World extends Tables {
  readonly builder: Builder;
  readonly log: EventLog;
  readonly topicPrefix: string;
  readonly pool: Pool;
  readonly intake: Pick<Intake, 'blobs' | 'folder'>;
  /** Delivers mails one after another, each to its own recipients, and sees each one settled. */
  receives(...mails: Mail[]): Promise<void>;
  /** Delivers without waiting for what becomes of it. */
  delivers(mail: Mail, recipients?: readonly string[]): Promise<void>;
  /** Publishes as it is, past the adapter. */
  publishes(...records: OutgoingRecord[]): Promise<void>;
  /** Resolves when case-builder has read everything and the outbox is empty. */
  settled(): Promise<void>;
  /** What a topic holds about the cases and interactions that are there now, oldest first. */
  records(topic: string): Promise<LogRecord[]>;
  /** Everything that a topic holds. */
  allRecords(topic: string): Promise<LogRecord[]>;
  replayFromZero(): Promise<void>;
  /** The scenario's clock: the real one until it is set. */
  now(): Date;
  setNow(instant: Date | null): void;
  /** What a changed configuration file declares at the next start. */
  declares(company: Declaration): Promise<void>;
  /** Forgets all cases, so that the next scenario starts with none. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export async function openWorld(under: LogUnderTest, company: Declaration = ACME): Promise<World> {
  const database = await testDatabase();
  await migrate(database.pool, CASE_STORE_MIGRATIONS);
  await declareConfiguration(database.pool, company);
  const { log, topicPrefix } = await under.open(database);
  await log.ensureTopics(TOPICS);
  const intake = await openIntake(log, MAILBOXES);
  const clock = makeClock();
  const builder = makeBuilder(database.pool, log, clock.now);
  await builder.startConsumer();
  builder.startRelay();
  const tables = readTables(database.pool, company);
  const settled = (): Promise<void> => untilSettled(log, tables);
  return {
    ...tables,
    ...clock,
    ...deliveries(intake, settled),
    ...topics(log, tables),
    builder,
    log,
    topicPrefix,
    pool: database.pool,
    intake,
    settled,
    async replayFromZero() {
      await builder.stopConsumer();
      await log.rewind(CASE_BUILDER_GROUP, INTERACTION_TOPICS);
      await builder.startConsumer();
      await settled();
    },
    declares: (changed) => declareConfiguration(database.pool, changed),
    async clear() {
      await settled();
      await tables.clear();
      clock.setNow(null);
    },
    async stop() {
      await intake.stop();
      await builder.stop();
      await log.close();
      await database.drop();
    },
  };
}

function makeClock(): Pick<World, 'now' | 'setNow'> {
  let fixed: Date | null = null;
  return { now: () => fixed ?? new Date(), setNow: (instant) => void (fixed = instant) };
}

function deliveries(intake: Intake, settled: () => Promise<void>): Pick<World, 'delivers' | 'receives'> {
  const delivers: World['delivers'] = async (mail, recipients) => {
    const answer = await intake.deliver(mail, recipients);
    if (answer.code !== 250) {
      throw new Error(`the listener said ${answer.line}`);
    }
  };
  return {
    delivers,
    async receives(...mails) {
      for (const mail of mails) {
        await delivers(mail);
        await settled();
      }
    },
  };
}

function topics(log: EventLog, tables: Tables): Pick<World, 'publishes' | 'records' | 'allRecords'> {
  const allRecords: World['allRecords'] = async (topic) => {
    const records: LogRecord[] = [];
    for await (const record of log.read(topic, { from: 'beginning', follow: false })) {
      records.push(record);
    }
    return records;
  };
  return {
    publishes: (...records) => log.publish(records),
    allRecords,
    async records(topic) {
      const records = await allRecords(topic);
      const present = await tables.ids();
      return records.filter(({ headers }) => present.has((headers['ce_subject'] ?? '').split('/')[1] ?? ''));
    },
  };
}

/** Resolves when case-builder has read everything and the outbox is empty. */
export async function untilSettled(log: EventLog, tables: Tables): Promise<void> {
  const isSettled = async (): Promise<boolean> => {
    // What was released goes from the outbox to a topic of interactions: the outbox is asked before and after.
    if ((await tables.waiting()) > 0) {
      return false;
    }
    const lag = await log.lag(CASE_BUILDER_GROUP, INTERACTION_TOPICS);
    return lag.every((partition) => partition.lag === 0n) && (await tables.waiting()) === 0;
  };
  await waitUntil(isSettled, PATIENCE_MS, () => 'what was delivered is not settled', 10);
}
