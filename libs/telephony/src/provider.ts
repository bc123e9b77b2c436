import type { Arrival, NumberFormat } from './facts/arrival.js';
import type { EventsRead } from './facts/event-read.js';
import type { RecordingAccess } from './recording-access.js';
import type { Verification } from './request/verification.js';
import type { WebhookRequest } from './request/webhook-request.js';

/** One entry of `telephony:`, checked: what every provider has, and the settings of its own. */
export interface Connection<Settings extends object = object> {
  readonly provider: string;
  readonly key: string;
  /** The address that the provider was given, without `/webhooks/…`; null where nothing is signed over it. */
  readonly publicUrl: string | null;
  readonly settings: Settings;
}

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
}
