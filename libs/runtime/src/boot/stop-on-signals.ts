import type { INestApplication } from '@nestjs/common';

import type { Logger } from '../log/create-logger.js';

/** Container engines kill after 30 s; whatever is not done by then is redelivered. */
export const shutdownDeadlineMs = 25_000;

/**
 * Closes the application on SIGTERM and SIGINT and ends the process; returns the same closing for callers.
 * `afterwards` comes last, whether the application closed in time or not: it stops what the application stood on.
 */
export function stopOnSignals(
  app: INestApplication,
  logger: Logger,
  afterwards: () => Promise<void> = async () => undefined,
): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (closing) {
      // A second Ctrl-C: whoever pressed it does not want to wait.
      process.exit(1);
    }
    logger.info({ signal }, 'Stopping');
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'Stopped the hard way');
        process.exit(1);
      },
    );
  };
  const close = () => {
    closing ??= withDeadline(app.close()).finally(async () => {
      await afterwards();
      process.removeListener('SIGTERM', onSignal);
      process.removeListener('SIGINT', onSignal);
    });
    return closing;
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return close;
}

function withDeadline(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    const message = `The shutdown took longer than ${shutdownDeadlineMs / 1000} s`;
    timer = setTimeout(() => reject(new Error(message)), shutdownDeadlineMs);
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}
