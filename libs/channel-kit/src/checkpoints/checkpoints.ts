import type { Pool } from 'pg';
import { loadCheckpoint } from './load-checkpoint.js';
import { saveCheckpoint } from './save-checkpoint.js';

/** How far an adapter has read each of its sources, kept over restarts. */
export interface Checkpoints {
  /** What was saved last; null at the first time. The adapter checks its shape: an older version may have written it. */
  load(source: string): Promise<unknown>;
  /** Call it only when everything before the position is durable in the log. */
  save(source: string, position: object): Promise<void>;
}

/** Checkpoints of one account in PostgreSQL. */
export function postgresCheckpoints(pool: Pool, accountId: string): Checkpoints {
  return {
    load: (source) => loadCheckpoint(pool, accountId, source),
    save: (source, position) => saveCheckpoint(pool, accountId, source, position),
  };
}
