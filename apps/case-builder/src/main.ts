import { BlobStoreModule } from '#libs/blob-store';
import { problemsOfRouting } from '#libs/case-store';
import { configuredEventLog, consumeLog, MessagingModule } from '#libs/messaging';
import { PostgresModule } from '#libs/postgres';
import { bootApplication, loadConfiguration, runMain } from '#libs/runtime';
import { CaseBuilderModule } from './case-builder.module.js';
import { databaseOptions } from './config.js';

/** The case-builder as a process of its own. */
async function main(): Promise<void> {
  const configuration = loadConfiguration(process.env, problemsOfRouting);
  const database = databaseOptions(configuration);
  const module = {
    module: CaseBuilderProcess,
    imports: [
      PostgresModule.forRoot(database),
      BlobStoreModule.forRoot(configuration.blobUrl),
      MessagingModule.forRoot(configuredEventLog(database.connectionString)),
      CaseBuilderModule.forRoot(),
    ],
  };
  await bootApplication({ name: 'case-builder', module, configuration, prepare: consumeLog });
}

class CaseBuilderProcess {}

runMain(main);
