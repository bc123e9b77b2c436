import type { BodyRead } from './body/webhook-body.js';
import type { Connection } from './connection.js';
import type { Taken, WebhookAnswer } from './request/answer.js';
import type { Verification } from './request/verification.js';
import type { WebhookRequest } from './request/webhook-request.js';

/** What all who send us webhooks have, whatever they tell. */
export interface Sender<Settings extends object = object> {
  readonly name: string;
  /** The class that the sender's own settings are checked with. */
  readonly settings: new () => Settings;
  /** Whether a request comes from who the connection says. Never throws, whatever is in the request. */
  verify(request: WebhookRequest, connection: Connection<Settings>): Verification;
  /** Names of members, however deep, whose values stand in no record, log or answer. */
  readonly secrets: ReadonlySet<string>;
  /** Most bytes of a body; 1 MiB unless told. */
  readonly bodyBytes?: number;
  /** Types of bodies that it sends, JSON and forms unless told. */
  readonly mediaTypes?: readonly string[];
  /** Whether its signature is computed over the address that it was given, so that we have to know that. */
  readonly signsAddress?: boolean;
  /** Whether its secret is the last segment of the address, because it signs nothing. */
  readonly secretInAddress?: boolean;
  /** The header with the sender's name of a request, which stands in for that of an event without one. */
  readonly requestIdHeader?: string;
  /** Answers before anything is verified, for systems that prove an address first; null for any other request. */
  handshake?(request: WebhookRequest): WebhookAnswer | null;
  /** What a verified body says, where it is neither a JSON object nor a form. Never throws. */
  readBody?(request: Pick<WebhookRequest, 'body' | 'rawHeaders'>): BodyRead;
  /** What a request is answered with that was taken, what it tells being durable; 200 and nothing unless told. */
  answer?(taken: Taken, connection: Connection<Settings>): WebhookAnswer;
}
