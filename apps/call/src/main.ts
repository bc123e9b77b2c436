import { bootApplication, loadConfiguration, runMain } from '#libs/runtime';

import { CallModule } from './call.module.js';

/** The call adapter as a process of its own. */
runMain(() => bootApplication({ name: 'call', module: CallModule, configuration: loadConfiguration() }));
