import { configuredEventLog, consumeLog, MessagingModule } from '#libs/messaging';
import { PostgresModule } from '#libs/postgres';
import { bootApplication, loadConfiguration, runMain } from '#libs/runtime';
import { CaseBuilderModule } from '../../apps/case-builder/src/case-builder.module.js';
import { databaseOptions } from '../../apps/case-builder/src/config.js';
import { TOY_FOLD } from '../facts/toy-fold.js';

/** The case-builder as a process of its own, which is given a kind of facts that no installation has. */
async function main(): Promise<void> {
  const configuration = loadConfiguration();
  const database = databaseOptions(configuration);
  const module = {
    module: CaseBuilderWithFacts,
    imports: [
      PostgresModule.forRoot(database),
      MessagingModule.forRoot(configuredEventLog(database.connectionString)),
      CaseBuilderModule.forRoot([TOY_FOLD]),
    ],
  };
  await bootApplication({ name: 'case-builder', module, configuration, prepare: consumeLog });
}

class CaseBuilderWithFacts {}

runMain(main);
