import { Module, type DynamicModule } from '@nestjs/common';
import type { Pool } from 'pg';
import { BlobStoreModule } from '#libs/blob-store';
import { TOPICS } from '#libs/interaction';
import {
  createEmbeddedLog,
  createKafkaLog,
  EMBEDDED_LOG_MIGRATIONS,
  kafkaOptionsFrom,
  MessagingModule,
  type EventLog,
} from '#libs/messaging';
import { migrate, POOL, PostgresModule } from '#libs/postgres';
import { BootError, LOGGER, type Configuration, type Logger } from '#libs/runtime';

/**
 * The database, the log and the blob store of an adapter that is a process of its own. In `standalone` they are shared
 * and come from there.
 */
@Module({})
export class AdapterInfrastructureModule {
  /** Ends in `BootError` without a database: an embedded one belongs to the process that started it. */
  static forRoot(configuration: Configuration): DynamicModule {
    const { databaseUrl, blobUrl } = configuration;
    if (databaseUrl === null) {
      throw new BootError('DATABASE_URL is not set: an adapter by itself needs a PostgreSQL that all processes share.');
    }
    const openLog = (pool: Pool, logger: Logger) => open(configuration, databaseUrl, pool, logger);
    return {
      module: AdapterInfrastructureModule,
      imports: [
        PostgresModule.forRoot({ connectionString: databaseUrl }),
        MessagingModule.forRoot({ useFactory: openLog, inject: [POOL, LOGGER] }),
        BlobStoreModule.forRoot(blobUrl),
      ],
    };
  }
}

async function open({ kafka }: Configuration, connectionString: string, pool: Pool, logger: Logger): Promise<EventLog> {
  const log =
    kafka.brokers.length > 0
      ? await createKafkaLog(await kafkaOptionsFrom(kafka, logger))
      : await openEmbedded(connectionString, pool, logger);
  for (const difference of await log.ensureTopics(TOPICS)) {
    logger.warn(difference, 'A topic exists with another setting; it is used as it is');
  }
  return log;
}

async function openEmbedded(connectionString: string, pool: Pool, logger: Logger): Promise<EventLog> {
  await migrate(pool, EMBEDDED_LOG_MIGRATIONS);
  return createEmbeddedLog({ pool, connectionString, logger });
}
