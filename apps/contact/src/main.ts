import { bootApplication, loadConfiguration, runMain } from '#libs/runtime';

import { ContactModule } from './contact.module.js';

/** The contact adapter as a process of its own. */
runMain(() => bootApplication({ name: 'contact', module: ContactModule, configuration: loadConfiguration() }));
