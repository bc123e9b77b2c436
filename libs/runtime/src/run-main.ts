import { isNativeError } from 'node:util/types';
import { giveHeapsRoom } from './give-heaps-room.js';

/** Errors of these names carry a sentence for the operator; anything else is a defect and shows its stack. */
const sentences = new Set(['BootError', 'ConfigurationError', 'EmbeddedPostgresError', 'MigrationError']);

/** Runs a program's main function; a failure to start is said on standard error and ends the process with 1. */
export function runMain(main: () => Promise<unknown>): void {
  giveHeapsRoom();
  // Also when `main` throws before it returns a promise.
  Promise.resolve()
    .then(main)
    .catch((error: unknown) => {
      process.stderr.write(`${describe(error)}\n`);
      process.exit(1);
    });
}

function describe(error: unknown): string {
  if (!isNativeError(error)) {
    return String(error);
  }
  return sentences.has(error.name) ? error.message : (error.stack ?? error.message);
}
