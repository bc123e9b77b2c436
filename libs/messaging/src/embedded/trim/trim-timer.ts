import type { Pool } from 'pg';

import { toError } from '../../errors.js';
import type { LogLogger } from '../../log-logger.js';
import type { EmbeddedTimes } from '../embedded-log-options.js';
import { trim } from './trim.js';

/** Trims now and then; resolves from `stop` when the step under way is over. */
export interface TrimTimer {
  stop(): Promise<void>;
}

export function startTrimTimer(
  pool: Pool,
  { trimEveryMs, tombstoneGraceMs }: EmbeddedTimes,
  logger: LogLogger,
): TrimTimer {
  const stopping = new AbortController();
  let running: Promise<unknown> | undefined;
  const run = () => {
    running ??= trim(pool, { tombstoneGraceMs, signal: stopping.signal })
      .catch((error: unknown) => logger.warn({ error: toError(error).message }, 'The log could not be trimmed'))
      .finally(() => (running = undefined));
  };
  const timer = setInterval(run, trimEveryMs).unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
