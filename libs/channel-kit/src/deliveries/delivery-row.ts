import { interactionIdOfFact } from '#libs/interaction';
import type { Delivery } from './delivery.js';
import type { SecretRemover } from './without-secrets.js';

/** Bytes that are kept of what nobody vouches for. */
const BEGINNING_BYTES = 256;
/** A secret that begins within the beginning is looked for in all of its length; settings allow 512 characters. */
const LOOKED_AT_BYTES = BEGINNING_BYTES + 3 * 512;
const LONGEST = { path: 200, contentType: 200, reason: 300, address: 2_000, eventId: 500 } as const;
const MOST_EVENTS = 100;

/** The JSON text of a delivery's row, in the words of `insert-deliveries.ts`. Holds none of the secrets. */
export function deliveryRow(delivery: Delivery, secrets: SecretRemover): string {
  const { id, connection, bytes, verdict, milliseconds, answer, body, facts, eventIds } = delivery;
  const isKnownSender = body !== null && !Buffer.isBuffer(body);
  const row = {
    id,
    received_at: new Date(delivery.receivedAt).toISOString(),
    connection,
    path: pathOf(delivery),
    content_type: textOf(delivery.contentType, LONGEST.contentType, secrets),
    bytes,
    verdict,
    reason: textOf(delivery.reason, LONGEST.reason, secrets),
    signed_address: textOf(delivery.signedAddress, LONGEST.address, secrets),
    event_ids: eventIds.slice(0, MOST_EVENTS).map((eventId) => textOf(eventId, LONGEST.eventId, secrets)),
    interaction_ids: interactionsOf(facts),
    milliseconds: Math.round(milliseconds),
    answer,
    body: isKnownSender ? body : null,
    beginning: Buffer.isBuffer(body) ? beginningOf(body, secrets) : null,
    facts,
  };
  return secrets.fromJson(JSON.stringify(row));
}

/** What stands behind the connection's own address and what it is for may be a secret, or anything. */
function pathOf({ connection, path }: Delivery): string {
  const own = `/webhooks/${connection}`;
  const rest = path.startsWith(`${own}/`) ? (path.slice(own.length + 1).split('/', 1)[0] ?? '') : '';
  return `${own}${['calls', 'voicemails', 'recordings'].includes(rest) ? `/${rest}` : ''}`.slice(0, LONGEST.path);
}

/** Calls and voicemails that the facts are about, each once. */
function interactionsOf(facts: Delivery['facts']): string[] {
  return [...new Set(facts.map(interactionIdOfFact))];
}

function beginningOf(body: Buffer, secrets: SecretRemover): string {
  const text = storable(body.subarray(0, LOOKED_AT_BYTES).toString('utf8'));
  const cleaned = Buffer.from(secrets.fromText(text)).subarray(0, BEGINNING_BYTES).toString('utf8');
  // A letter that was cut in two.
  return cleaned.replace(/\ufffd+$/, '');
}

function textOf(text: string | null, longest: number, secrets: SecretRemover): string | null {
  return text === null ? null : storable(secrets.fromText(text).slice(0, longest));
}

/** PostgreSQL text holds neither U+0000 nor half a surrogate pair. */
function storable(text: string): string {
  // eslint-disable-next-line no-control-regex -- that character is what is looked for
  const isPlain = !/[\u0000\ud800-\udfff]/.test(text);
  // eslint-disable-next-line no-control-regex -- as above; of two halves that belong together neither is one
  return isPlain ? text : text.replace(/\u0000|\p{Surrogate}/gu, '\ufffd');
}
