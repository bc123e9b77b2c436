import type { Connection } from './connection.js';
import type { Arrival, NumberFormat } from './facts/arrival.js';
import type { EventsRead } from './facts/event-read.js';
import type { RecordingAccess } from './recording-access.js';
import type { Verification } from './request/verification.js';
import type { WebhookRequest } from './request/webhook-request.js';
import type { Vendor } from './vendor.js';

export type { Connection };

/** What a telephone system's webhooks are, in one folder for each. */
export interface Provider<Settings extends object = object> {
  readonly name: string;
  /** The class that the provider's own settings are checked with. */
  readonly settings: new () => Settings;
  /** Whether a request comes from who the connection says. Never throws, whatever is in the request. */
  verify(request: WebhookRequest, connection: Connection<Settings>): Verification;
  /** How it writes numbers unless the connection says otherwise. */
  readonly numberFormat: NumberFormat;
  /** Names of members, however deep, whose values stand in no record, log or answer. */
  readonly secrets: ReadonlySet<string>;
  /** Facts about calls and voicemails from a body that was verified; all of it or, with problems, none. Never throws. */
  read(plain: Readonly<Record<string, unknown>>, arrival: Arrival): EventsRead;
  /** How its recordings are fetched; without it the connection names the hosts, and nobody is asked who they are. */
  recordingAccess?(settings: Settings): RecordingAccess;
  /** The other side: to try a connection, and to test ours, without it. */
  readonly vendor: Vendor<Settings>;
}
