import type { Logger } from '../log/create-logger.js';

let watching = false;

/**
 * Ends the process on an error that nobody handled: after one, nothing it holds can be trusted. What was not
 * acknowledged comes again after the restart.
 */
export function endProcessOnDefect(logger: Logger): void {
  if (watching) {
    return;
  }
  watching = true;
  const end = (kind: string) => (error: unknown) => {
    logger.fatal({ err: error }, `${kind}: the process ends`);
    process.exit(1);
  };
  process.on('uncaughtException', end('Uncaught exception'));
  process.on('unhandledRejection', end('Unhandled rejection'));
}
