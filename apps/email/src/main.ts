import { AdapterInfrastructureModule } from '#libs/channel-kit';
import { bootApplication, loadConfiguration, runMain } from '#libs/runtime';
import { EmailModule } from './email.module.js';

/** The email adapter as a process of its own: what it shares with the others, then the channel. */
class EmailApplication {}

runMain(() => {
  const configuration = loadConfiguration();
  const imports = [AdapterInfrastructureModule.forRoot(configuration), EmailModule];
  return bootApplication({ name: 'email', module: { module: EmailApplication, imports }, configuration });
});
