import { problemsOfRouting } from '#libs/case-store';
import { checkConnections } from '#libs/channel-kit';
import { loadConfiguration, runMain } from '#libs/runtime';
import { startStandalone } from './start-standalone.js';

/** Everything in one process, until SIGTERM or Ctrl-C. */
runMain(() => startStandalone(loadConfiguration(process.env, checkConnections, problemsOfRouting)));
