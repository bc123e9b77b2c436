import { Inject, Module } from '@nestjs/common';
import { BlobStoreModule } from '#libs/blob-store';
import { CASE_STORE_MIGRATIONS } from '#libs/case-store';
import { CHANNEL_KIT_MIGRATIONS } from '#libs/channel-kit';
import { migrateDatabase, POOL, PostgresModule } from '#libs/postgres';
import { bootApplication, BootError, HEALTH, loadConfiguration, runMain, type HealthRegistry } from '#libs/runtime';
import type { Pool } from 'pg';
import { CaseApiModule } from './case-api.module.js';

/** Says whether the database answers, which is all that reading needs. */
@Module({})
class DatabaseHealthModule {
  constructor(@Inject(HEALTH) health: HealthRegistry, @Inject(POOL) pool: Pool) {
    health.register('database', async () => {
      await pool.query('select 1');
      return { ok: true };
    });
  }
}

/**
 * The Case API as a process of its own.
 *   1 configuration   2 tables, which whoever starts first makes   3 serve
 */
async function main(): Promise<void> {
  const configuration = loadConfiguration();
  const connectionString = configuration.databaseUrl;
  if (connectionString === null) {
    throw new BootError('The Case API needs a database: set DATABASE_URL, or start the standalone with "npm start".');
  }
  await migrateDatabase(connectionString, [CASE_STORE_MIGRATIONS, CHANNEL_KIT_MIGRATIONS]);
  const database = PostgresModule.forRoot({ connectionString, applicationName: 'case-api' });
  const blobs = BlobStoreModule.forRoot(configuration.blobUrl);
  const module = { module: CaseApiRoot, imports: [database, blobs, DatabaseHealthModule, CaseApiModule] };
  await bootApplication({ name: 'case-api', module, configuration });
}

class CaseApiRoot {}

runMain(main);
