import type { Configuration, LogLevel } from '#libs/runtime';
import type { LeaderState } from '../leadership.js';

/** What the relay's thread is started with. */
export interface RelaySettings {
  readonly connectionString: string;
  readonly kafka: Configuration['kafka'];
  readonly logLevel: LogLevel;
}

/** What the relay's thread says of itself, a few times a second. */
export interface RelayReport {
  readonly state: LeaderState;
  /** Records published since the last report. */
  readonly published: number;
  readonly waiting: number;
  readonly oldestSeconds: number;
  /** Records that no topic could hold. */
  readonly unsent: number;
  /** How what makes cases findable is doing in this process, and how far it is behind. */
  readonly search: LeaderState;
  readonly unsearchable: number;
  readonly searchLagSeconds: number;
}

/** Sent to the relay's thread: end what you are doing, give the lead back, and exit. */
export const STOP = 'stop';
