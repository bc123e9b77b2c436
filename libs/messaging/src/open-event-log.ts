import type { FactoryProvider } from '@nestjs/common';
import type { Pool } from 'pg';

import { POOL } from '#libs/postgres';
import { CONFIGURATION, LOGGER, type Configuration } from '#libs/runtime';
import { createEmbeddedLog } from './embedded/embedded-log.js';
import type { EventLog, TopicSpecification } from './event-log.js';
import { createKafkaLog } from './kafka/kafka-log.js';
import { kafkaOptionsFrom } from './kafka/client/kafka-options-from.js';
import type { LogLogger } from './log-logger.js';

/** Where the embedded log lives. */
export interface LogDatabase {
  readonly pool: Pool;
  readonly connectionString: string;
}

/** Opens the log that the configuration asks for: Kafka when it names brokers, the embedded log otherwise. */
export async function openEventLog(
  { kafka }: Pick<Configuration, 'kafka'>,
  database: LogDatabase,
  logger: LogLogger,
): Promise<EventLog> {
  return kafka.brokers.length > 0
    ? createKafkaLog(await kafkaOptionsFrom(kafka, logger))
    : createEmbeddedLog({ ...database, logger });
}

/** Makes the topics that are missing. One that exists with other settings is left alone and named in the log. */
export async function prepareTopics(
  log: Pick<EventLog, 'ensureTopics'>,
  topics: readonly TopicSpecification[],
  logger: Pick<LogLogger, 'warn'>,
): Promise<void> {
  for (const difference of await log.ensureTopics(topics)) {
    logger.warn(difference, 'A topic exists with another setting; it is used as it is');
  }
}

/** `openEventLog` for `MessagingModule.forRoot`, from what the runtime and the PostgreSQL module provide. */
export function configuredEventLog(connectionString: string): Pick<FactoryProvider<EventLog>, 'useFactory' | 'inject'> {
  return {
    inject: [CONFIGURATION, POOL, LOGGER],
    useFactory: (configuration: Configuration, pool: Pool, logger: LogLogger) =>
      openEventLog(configuration, { pool, connectionString }, logger),
  };
}
