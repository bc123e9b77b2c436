import { AdapterInfrastructureModule, checkConnections } from '#libs/channel-kit';
import { bootApplication, loadConfiguration, runMain } from '#libs/runtime';
import { CallModule } from './call.module.js';

/** The call adapter as a process of its own: what it shares with the others, then the channel. */
class CallApplication {}

runMain(() => {
  const configuration = loadConfiguration(process.env, checkConnections);
  const imports = [AdapterInfrastructureModule.forRoot(configuration), CallModule];
  return bootApplication({ name: 'call', module: { module: CallApplication, imports }, configuration });
});
