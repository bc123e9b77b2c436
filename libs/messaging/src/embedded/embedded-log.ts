import type { Pool } from 'pg';

import { migrate, type MigrationSet } from '#libs/postgres';

import { GroupIsActive, LogClosed, toError } from '../errors.js';
import type { Consumption, EventLog } from '../event-log.js';
import { silentLogger } from '../log-logger.js';
import { AppendWatch } from './append-watch.js';
import { EmbeddedConsumption } from './consume/consumption.js';
import { embeddedTimes, type EmbeddedLogOptions } from './embedded-log-options.js';
import { ensureTopics } from './ensure-topics.js';
import { createEmbeddedPublisher } from './publisher.js';
import { readTopic } from './read-topic.js';
import { countMembers } from './sql/members/count-members.js';
import { loadLag } from './sql/offsets/load-lag.js';
import { deleteMatching } from './sql/records/delete-matching.js';
import { resetOffsets } from './sql/offsets/reset-offsets.js';
import { createTopicDirectory } from './topic-directory.js';
import { startTrimTimer } from './trim/trim-timer.js';
import { trim } from './trim/trim.js';

/** The tables of the embedded log. */
export const EMBEDDED_LOG_MIGRATIONS: MigrationSet = {
  set: 'messaging-embedded',
  directory: new URL('./migrations/', import.meta.url),
};

/** What only the embedded log can do. */
export interface EmbeddedLog extends EventLog {
  /** Trims now instead of at the next minute; false when another process is at it. */
  trim(): Promise<boolean>;
}

/**
 * The log of a single machine, in tables of its PostgreSQL. Creates the tables; rejects when the database cannot be
 * reached. `close` ends its own connections and leaves the pool open.
 */
export async function createEmbeddedLog(options: EmbeddedLogOptions): Promise<EmbeddedLog> {
  const { pool, connectionString, logger = silentLogger } = options;
  const times = { ...embeddedTimes, ...options.times };
  await migrate(pool, EMBEDDED_LOG_MIGRATIONS);
  const directory = createTopicDirectory(pool);
  const watch = new AppendWatch({ pool, connectionString, logger });
  await watch.start();
  const trimTimer = startTrimTimer(pool, times, logger);
  const onAppended = () => watch.wake();
  const publisher = createEmbeddedPublisher({ pool, directory, deadlineMs: times.publishDeadlineMs, onAppended });
  const consumptions = new Set<Consumption>();
  const closing = new AbortController();
  return {
    kind: 'embedded',
    publish: (records) => publisher.publish(records),
    ensureTopics: (specifications) => ensureTopics(pool, directory, specifications),
    async consume(subscription) {
      if (closing.signal.aborted) {
        throw new LogClosed();
      }
      const topics = await Promise.all(subscription.topics.map((name) => directory.find(name)));
      const parts = { pool, connectionString, topics, watch, times, logger };
      const consumption = await EmbeddedConsumption.start({ ...parts, subscription });
      consumptions.add(consumption);
      return consumption;
    },
    read(topic, readOptions) {
      const signal = readOptions.signal ? AbortSignal.any([readOptions.signal, closing.signal]) : closing.signal;
      return readTopic(topic, { ...readOptions, signal }, { pool, directory, watch });
    },
    lag: (group, topics) => loadLag(pool, group, topics),
    rewind: (group, topics) => rewindGroup(pool, group, topics),
    removeRecords: (removal) => deleteMatching(pool, removal, closing.signal),
    check: () => checkDatabase(pool),
    trim: () => trim(pool, { tombstoneGraceMs: times.tombstoneGraceMs, signal: closing.signal }),
    async close() {
      await Promise.all([...consumptions].map((consumption) => consumption.stop()));
      await publisher.close();
      closing.abort();
      await trimTimer.stop();
      await watch.close();
    },
  };
}

async function rewindGroup(pool: Pool, group: string, topics: readonly string[]): Promise<void> {
  if ((await countMembers(pool, group)) > 0) {
    throw new GroupIsActive(group);
  }
  await resetOffsets(pool, group, topics);
}

async function checkDatabase(pool: Pool): ReturnType<EventLog['check']> {
  try {
    await pool.query('select 1 from log_topic limit 1');
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: `Embedded log: ${toError(error).message}` };
  }
}
