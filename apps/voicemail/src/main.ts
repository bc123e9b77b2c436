import { bootApplication, loadConfiguration, runMain } from '#libs/runtime';

import { VoicemailModule } from './voicemail.module.js';

/** The voicemail adapter as a process of its own. */
runMain(() => bootApplication({ name: 'voicemail', module: VoicemailModule, configuration: loadConfiguration() }));
