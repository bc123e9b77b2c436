import type { Connection } from './connection.js';
import type { Arrival, NumberFormat } from './facts/arrival.js';
import type { EventsRead } from './facts/event-read.js';
import type { RecordingAccess } from './recording-access.js';
import type { WebhookAnswer, Taken } from './request/answer.js';
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
  /** Most bytes of a body; 1 MiB unless told. */
  readonly bodyBytes?: number;
  /** Types of bodies that it sends, JSON and forms unless told. */
  readonly mediaTypes?: readonly string[];
  /** Whether it may send the bytes of recordings itself, signed as its events are. */
  readonly sendsSounds?: boolean;
  /** Whether its signature is computed over the address that it was given, so that we have to know that. */
  readonly signsAddress?: boolean;
  /** Whether its secret is the last segment of the address, because it signs nothing. */
  readonly secretInAddress?: boolean;
  /** The header with the sender's name of a request, which stands in for that of an event without one. */
  readonly requestIdHeader?: string;
  /** Answers before anything is verified, for systems that prove an address first; null for any other request. */
  handshake?(request: WebhookRequest): WebhookAnswer | null;
  /** What a request is answered with that was taken, its facts being durable; 200 and nothing unless told. */
  answer?(taken: Taken, connection: Connection<Settings>): WebhookAnswer;
  /** Facts about calls and voicemails from a body that was verified; all of it or, with problems, none. Never throws. */
  read(plain: Readonly<Record<string, unknown>>, arrival: Arrival): EventsRead;
  /** How its recordings are fetched; without it the connection names the hosts, and nobody is asked who they are. */
  recordingAccess?(settings: Settings): RecordingAccess;
  /** The other side: to try a connection, and to test ours, without it. */
  readonly vendor: Vendor<Settings>;
}
