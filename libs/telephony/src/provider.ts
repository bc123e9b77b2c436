import type { Connection, Sender } from '#libs/webhook';
import type { Arrival, NumberFormat } from './facts/arrival.js';
import type { EventsRead } from './facts/event-read.js';
import type { RecordingAccess } from './recording-access.js';
import type { Vendor } from './vendor.js';

export type { Connection };

/** What a telephone system's webhooks are, in one folder for each. */
export interface Provider<Settings extends object = object> extends Sender<Settings> {
  /** How it writes numbers unless the connection says otherwise. */
  readonly numberFormat: NumberFormat;
  /** Whether it may send the bytes of recordings itself, signed as its events are. */
  readonly sendsSounds?: boolean;
  /** Facts about calls and voicemails from a body that was verified; all of it or, with problems, none. Never throws. */
  read(plain: Readonly<Record<string, unknown>>, arrival: Arrival): EventsRead;
  /** How its recordings are fetched; without it the connection names the hosts, and nobody is asked who they are. */
  recordingAccess?(settings: Settings): RecordingAccess;
  /** The other side: to try a connection, and to test ours, without it. */
  readonly vendor: Vendor<Settings>;
}
