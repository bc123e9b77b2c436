import { AdapterInfrastructureModule, checkConnections } from '#libs/channel-kit';
import { bootApplication, loadConfiguration, runMain } from '#libs/runtime';
import { ContactModule } from './contact.module.js';

/** The contact adapter as a process of its own: what it shares with the others, then the channel. */
class ContactApplication {}

runMain(() => {
  const configuration = loadConfiguration(process.env, checkConnections);
  const imports = [AdapterInfrastructureModule.forRoot(configuration), ContactModule];
  return bootApplication({ name: 'contact', module: { module: ContactApplication, imports }, configuration });
});
