import type { Pool } from 'pg';

import type { LogLogger } from '../log-logger.js';

/** Times that tests shorten; all in ms. */
export interface EmbeddedTimes {
  /** How often a member shows that it lives and looks for partitions that it should read. */
  readonly heartbeatMs: number;
  /** Silence after which a member that still holds partitions loses them. */
  readonly silenceLimitMs: number;
  /** How long batches in flight may take to finish when the consumer is stopped. */
  readonly stopGraceMs: number;
  readonly publishDeadlineMs: number;
  readonly firstBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly trimEveryMs: number;
  /** How long a tombstone stays, so that every reader sees it. */
  readonly tombstoneGraceMs: number;
}

export const embeddedTimes: EmbeddedTimes = {
  heartbeatMs: 1_000,
  silenceLimitMs: 30_000,
  stopGraceMs: 20_000,
  publishDeadlineMs: 15_000,
  firstBackoffMs: 200,
  maxBackoffMs: 30_000,
  trimEveryMs: 60_000,
  tombstoneGraceMs: 24 * 3_600_000,
};

export interface EmbeddedLogOptions {
  /** For appending and fetching; the log does not end it. */
  readonly pool: Pool;
  /** Of the same database, for the sessions that hold locks and listen: one, and one per subscription. */
  readonly connectionString: string;
  readonly logger?: LogLogger;
  readonly times?: Partial<EmbeddedTimes>;
}
