import type { INestApplication } from '@nestjs/common';

import { errorMessage, HEALTH, type HealthRegistry, LOGGER, type Logger } from '#libs/runtime';
import type { EventLog } from '../event-log.js';
import { LogServer } from './log-server.js';
import { EVENT_LOG } from './messaging.module.js';

/**
 * Starts to consume, after everything that prepares itself in `onModuleInit` is ready. A consumer that has died for
 * good ends the process, because a process that looks alive and reads nothing is worse than none.
 */
export async function consumeLog(application: INestApplication): Promise<void> {
  await application.init();
  const logger = application.get<Logger>(LOGGER);
  const server = new LogServer({
    log: application.get<EventLog>(EVENT_LOG),
    onDeath: (error) => {
      logger.fatal({ reason: errorMessage(error) }, 'The consumer has died, so this process ends');
      process.exit(1);
    },
  });
  application.get<HealthRegistry>(HEALTH).register('consumer', async () => findingOf(server.state()));
  application.connectMicroservice({ strategy: server });
  await application.startAllMicroservices();
}

type Finding = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Joining and standing still are left to the log's own backoff; both end by themselves or in death. */
function findingOf(state: ReturnType<LogServer['state']>): Finding {
  return state === 'running' || state === 'joining' ? { ok: true } : { ok: false, reason: `it is ${state}` };
}
