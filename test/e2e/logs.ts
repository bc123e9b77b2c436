import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createEmbeddedLog, createKafkaLog, silentLogger, type EventLog } from '#libs/messaging';
import { testKafka } from '#libs/testing';

/** A log that the scenarios run on. */
export interface LogUnderTest {
  readonly kind: EventLog['kind'];
  /** Only of Kafka: for a plain client beside ours. */
  readonly brokers: readonly string[];
  /** Every call is a log of its own, with nothing in it. */
  open(database: { readonly pool: Pool; readonly connectionString: string }): Promise<OpenLog>;
}

export interface OpenLog {
  readonly log: EventLog;
  /** What stands before every topic name in Kafka. */
  readonly topicPrefix: string;
}

/** Both logs; without a broker only the embedded one, and that is said loudly (or is a failure in CI). */
export function logsUnderTest(): readonly (readonly [kind: string, log: LogUnderTest])[] {
  const embedded: LogUnderTest = {
    kind: 'embedded',
    brokers: [],
    open: async (database) => ({
      log: await createEmbeddedLog({ ...database, logger: silentLogger }),
      topicPrefix: '',
    }),
  };
  const kafka = testKafka();
  return kafka === null
    ? [['embedded', embedded]]
    : [
        ['embedded', embedded],
        ['kafka', onKafka(kafka.brokers)],
      ];
}

function onKafka(brokers: readonly string[]): LogUnderTest {
  return {
    kind: 'kafka',
    brokers,
    open: async () => {
      const topicPrefix = `e2e-${randomUUID().slice(0, 8)}.`;
      const log = await createKafkaLog({ brokers, clientId: 'e2e', topicPrefix, logger: silentLogger });
      return { log, topicPrefix };
    },
  };
}
