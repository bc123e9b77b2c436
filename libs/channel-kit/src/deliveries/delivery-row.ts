import type { Delivery } from './delivery.js';
import { ABSENT, arrayOf, rowOf } from './row-text.js';
import type { SecretRemover } from './without-secrets.js';

/** Bytes that are kept of what nobody vouches for. */
const BEGINNING_BYTES = 256;
/** A secret that begins within the beginning is looked for in all of its length; settings allow 512 characters. */
const LOOKED_AT_BYTES = BEGINNING_BYTES + 3 * 512;
const LONGEST = { path: 200, contentType: 200, reason: 300, address: 2_000, eventId: 500 } as const;
const MOST_EVENTS = 100;

/** The text of a delivery's row, in the order of `insert-deliveries.ts`. Holds none of the secrets. */
export function deliveryRow(delivery: Delivery, secrets: SecretRemover): string {
  const { id, connection, bytes, verdict, milliseconds, answer, body, facts, eventIds } = delivery;
  const isKnownSender = body !== null && !Buffer.isBuffer(body);
  const row = rowOf([
    id,
    new Date(delivery.receivedAt).toISOString(),
    connection,
    pathOf(delivery),
    textOf(delivery.contentType, LONGEST.contentType, secrets),
    String(bytes),
    verdict,
    textOf(delivery.reason, LONGEST.reason, secrets),
    textOf(delivery.signedAddress, LONGEST.address, secrets),
    arrayOf(eventIds.slice(0, MOST_EVENTS).map((eventId) => textOf(eventId, LONGEST.eventId, secrets))),
    arrayOf(interactionsOf(facts)),
    String(Math.round(milliseconds)),
    String(answer),
    isKnownSender ? JSON.stringify(body) : ABSENT,
    Buffer.isBuffer(body) ? beginningOf(body, secrets) : ABSENT,
    `[${facts.map(({ json }) => json).join(',')}]`,
  ]);
  return secrets.fromJson(row);
}

/** What stands behind the connection's own address and what it is for may be a secret, or anything. */
function pathOf({ connection, path }: Delivery): string {
  const own = `/webhooks/${connection}`;
  const rest = path.startsWith(`${own}/`) ? (path.slice(own.length + 1).split('/', 1)[0] ?? '') : '';
  return `${own}${['calls', 'voicemails', 'recordings'].includes(rest) ? `/${rest}` : ''}`.slice(0, LONGEST.path);
}

/** Interactions that the facts are about, each once. */
function interactionsOf(facts: Delivery['facts']): string[] {
  const ids = facts.flatMap(({ interactionId }) => interactionId ?? []);
  return ids.length > 1 ? [...new Set(ids)] : ids;
}

function beginningOf(body: Buffer, secrets: SecretRemover): string {
  const text = storable(body.subarray(0, LOOKED_AT_BYTES).toString('utf8'));
  const cleaned = Buffer.from(secrets.fromText(text)).subarray(0, BEGINNING_BYTES).toString('utf8');
  // A letter that was cut in two.
  return cleaned.replace(/\ufffd+$/, '');
}

function textOf(text: string | null, longest: number, secrets: SecretRemover): string {
  return text === null ? ABSENT : storable(secrets.fromText(text).slice(0, longest));
}

/** PostgreSQL text holds neither U+0000 nor half a surrogate pair; what separates columns and rows is no text of anybody either. */
function storable(text: string): string {
  // eslint-disable-next-line no-control-regex -- those characters are what is looked for
  const isPlain = !/[\u0000\u001d-\u001f\ud800-\udfff]/.test(text);
  // eslint-disable-next-line no-control-regex -- as above; of two halves that belong together neither is one
  return isPlain ? text : text.replace(/[\u0000\u001d-\u001f]|\p{Surrogate}/gu, '\ufffd');
}
