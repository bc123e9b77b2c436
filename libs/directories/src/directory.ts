import type { Sender } from '#libs/webhook';
import type { DirectoryArrival } from './facts/arrival.js';
import type { DirectoryEvents } from './facts/event-read.js';
import type { DirectoryVendor } from './vendor.js';

/** What the webhooks of a customer directory are, in one folder for each. */
export interface Directory<Settings extends object = object> extends Sender<Settings> {
  /** Whether its entry has to say whose keys of contacts it tells, because the directory may be anything. */
  readonly namesNoIntegration?: boolean;
  /** Facts about contacts, and requests of theirs, from a body that was verified; all of it or, with problems, none. Never throws. */
  read(plain: Readonly<Record<string, unknown>>, arrival: DirectoryArrival, settings: Settings): DirectoryEvents;
  /** The other side: to try a connection, and to test ours, without it. */
  readonly vendor: DirectoryVendor<Settings>;
}
