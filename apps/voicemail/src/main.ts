import { AdapterInfrastructureModule, checkConnections } from '#libs/channel-kit';
import { bootApplication, loadConfiguration, runMain } from '#libs/runtime';
import { VoicemailModule } from './voicemail.module.js';

/** The voicemail adapter as a process of its own: what it shares with the others, then the channel. */
class VoicemailApplication {}

runMain(() => {
  const configuration = loadConfiguration(process.env, checkConnections);
  const imports = [AdapterInfrastructureModule.forRoot(configuration), VoicemailModule];
  return bootApplication({ name: 'voicemail', module: { module: VoicemailApplication, imports }, configuration });
});
