import { Module, type DynamicModule } from '@nestjs/common';
import type { Pool } from 'pg';
import { BlobStoreModule } from '#libs/blob-store';
import { TOPICS } from '#libs/interaction';
import { MessagingModule, openEventLog, prepareTopics, type EventLog } from '#libs/messaging';
import { POOL, PostgresModule } from '#libs/postgres';
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
    const openLog = async (pool: Pool, logger: Logger): Promise<EventLog> => {
      const log = await openEventLog(configuration, { pool, connectionString: databaseUrl }, logger);
      await prepareTopics(log, TOPICS, logger);
      return log;
    };
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
