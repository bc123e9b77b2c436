import { hash } from 'node:crypto';
import { factId, type ContactFact, type ContactFactKind, type FactOrigin } from '#libs/interaction';
import { told } from '#libs/webhook';

/** What is known of a request besides its body. */
export interface DirectoryArrival {
  readonly accountId: string;
  /** `contacts/key`. */
  readonly connection: string;
  /** Who sends: `generic`, `hubspot` … */
  readonly directory: string;
  /** Whose keys of contacts it tells. */
  readonly integration: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly receivedAt: string;
  /** ISO 3166 code of the country whose numbers are written as inside it. */
  readonly country: string | null;
  /** The sender's own name of the request, such as `webhook-id`: the event's where that has none. */
  readonly requestId: string | null;
  /** Whether it is believed that an address was verified. */
  readonly trustsVerified: boolean;
  /** Whether it may have a person erased without anybody looking. */
  readonly mayErase: boolean;
}

/** One event of a directory. */
export interface EventOrigin {
  readonly eventId: string;
  /** ISO 8601, UTC, milliseconds; null: the time of receipt. */
  readonly at: string | null;
  /** SHA-256 of the redacted event, hex. */
  readonly contentSha256: string;
}

export type ContactRest = Omit<ContactFact, 'schema' | 'channel' | 'id' | 'accountId' | 'origin' | 'kind'>;

/** A fact about a contact, with its id. `part` tells the facts of one event apart. */
export function contactFact(
  arrival: DirectoryArrival,
  event: EventOrigin,
  kind: ContactFactKind,
  rest: ContactRest,
  part = 0,
): ContactFact {
  const origin = originOf(arrival, event, part);
  const id = factId(arrival.accountId, 'contact', origin);
  // Null clears a field, so it stays; what is undefined was not told.
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as ContactRest;
  return { schema: 1, channel: 'contact', id, accountId: arrival.accountId, origin, kind, ...given };
}

function originOf({ connection, receivedAt }: DirectoryArrival, event: EventOrigin, part: number): FactOrigin {
  const { eventId, at, contentSha256 } = event;
  return told({ connection, eventId: plainName(eventId), part, contentSha256, at: at ?? receivedAt, receivedAt });
}

const LONGEST_NAME = 300;

/** The name of an event on one line; of a longer one the beginning and what tells it from others. */
export function plainName(name: string): string {
  // eslint-disable-next-line no-control-regex
  const line = name.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length <= LONGEST_NAME ? line : `${line.slice(0, LONGEST_NAME - 65)} ${hash('sha256', line, 'hex')}`;
}
