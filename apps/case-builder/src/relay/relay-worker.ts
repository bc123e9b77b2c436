import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { SearchLag, UnsentRecord } from '#libs/case-store';
import { openEventLog } from '#libs/messaging';
import { createPool } from '#libs/postgres';
import { createLogger, errorMessage, type Logger } from '#libs/runtime';
import type { Pool } from 'pg';
import { Leadership, LEADERS } from '../leadership.js';
import { keepSearchable } from '../search/keep-searchable.js';
import { relayOutbox } from './outbox-relay.js';
import { PublishPace } from './publish-pace.js';
import { STOP, type RelayReport, type RelaySettings } from './relay-protocol.js';

/** Two leads, the announcements and the log's own sessions. */
const CONNECTIONS = 5;
const REPORT_EVERY_MS = 250;
/** Under contention about a third of what an ordinary thread gets. */
const NICENESS = 5;

/**
 * The relay in a thread of its own: making and encoding records costs as much as deciding does, and the batches must
 * not wait for it.
 * 1. Open a pool and the log; a failure ends the thread, and whoever started it tries again.
 * 2. Relay while this process has the lead; report.
 * 3. On STOP end the portion in hand, close everything.
 */
async function main(settings: RelaySettings): Promise<void> {
  const logger = createLogger({ level: settings.logLevel, name: 'outbox-relay' });
  const { connectionString, kafka } = settings;
  const pool = createPool({ connectionString, max: CONNECTIONS, applicationName: 'case-builder-relay' });
  const log = await openEventLog({ kafka }, { pool, connectionString }, logger);
  const counts = { published: 0, waiting: 0, oldestSeconds: 0, unsent: 0, unsearchable: 0, searchLagSeconds: 0 };
  const metrics = {
    published: { inc: (records: number) => void (counts.published += records) },
    waiting: { set: (records: number) => void (counts.waiting = records) },
    oldestSeconds: { set: (seconds: number) => void (counts.oldestSeconds = seconds) },
    unsent: { set: (records: number) => void (counts.unsent = records) },
  };
  const onUnsent = ({ record: { topic }, reason }: UnsentRecord): void =>
    logger.error({ topic, reason }, 'A topic cannot hold a record; it is kept in unsent_record');
  const dependencies = { publish: log.publish.bind(log), metrics, pace: new PublishPace(), onUnsent };
  const leadership = new Leadership({
    pool,
    lock: LEADERS.relay,
    work: (client, signal, progress) => relayOutbox(dependencies, client, signal, progress),
    onFailure: (error) => logger.warn({ reason: errorMessage(error) }, 'The relay failed and starts again'),
  });
  const searching = searchLeadership(pool, counts, logger);
  const report = (): void => {
    parentPort?.postMessage({
      ...counts,
      state: leadership.current(),
      search: searching.current(),
    } satisfies RelayReport);
    counts.published = 0;
  };
  leadership.start();
  searching.start();
  const reporting = setInterval(report, REPORT_EVERY_MS);
  parentPort?.once('message', (message) => {
    if (message === STOP) {
      void leadership
        .stop()
        .then(() => searching.stop())
        .then(() => log.close())
        .then(() => pool.end())
        .then(() => {
          clearInterval(reporting);
          report();
          parentPort?.close();
        });
    }
  });
}

/** Behind the relay in every sense: what it makes findable was told before, and it takes no time from the batches. */
function searchLeadership(
  pool: Pool,
  counts: { unsearchable: number; searchLagSeconds: number },
  logger: Logger,
): Leadership {
  return new Leadership({
    pool,
    lock: LEADERS.search,
    work: (client, signal, progress) => {
      const report = ({ cases, oldestSeconds }: SearchLag): void => {
        counts.unsearchable = cases;
        counts.searchLagSeconds = oldestSeconds;
      };
      return keepSearchable(client, signal, report, progress);
    },
    onFailure: (error) => logger.warn({ reason: errorMessage(error) }, 'Search failed and starts again'),
  });
}

/**
 * When there is more work than processors, cases come first and the topics hear of them a little later; what waits is safe
 * in the outbox. Linux gives every thread a priority of its own, and this link names the thread that reads it.
 */
function giveWayToBatches(): void {
  try {
    const thread = readlinkSync('/proc/thread-self').split('/').at(-1);
    setPriority(Number(thread), NICENESS);
  } catch {
    // Elsewhere threads share the priority of their process, and that is fine too.
  }
}

giveWayToBatches();
await main(workerData as RelaySettings);
