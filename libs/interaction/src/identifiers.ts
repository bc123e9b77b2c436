import { hash } from 'node:crypto';
import { parse, v7 } from 'uuid';
import type { Channel } from './interaction/interaction.js';

/** Root of every derived id; changing it would make every interaction new again. */
const NAMESPACE = Buffer.from(parse('c5e4b6b0-3f0a-5d0e-9a53-0b7a51a2c0de'));

/** UUIDv5 of (account, channel, external id). The same input always has the same id. */
export function interactionId(accountId: string, channel: Channel, externalId: string): string {
  return derivedId(`interaction\n${accountId}\n${channel}\n${externalId}`);
}

/** The external id of a call or voicemail: ids of two connections may be equal and never meet. */
export function externalIdAt(connection: string, providerId: string): string {
  return `${connection}:${providerId}`;
}

/**
 * UUIDv5 of where a fact comes from, so that its repetition has the same id. The content is part of it: where one id of
 * a provider has two contents, both are facts, and no order of arrival decides between them.
 */
export function factId(accountId: string, channel: Channel, origin: FactName): string {
  const { connection, eventId, part, contentSha256 } = origin;
  return derivedId(`fact\n${accountId}\n${channel}\n${connection}\n${eventId}\n${part}\n${contentSha256}`);
}

/** What names a fact within its account and channel. None of it holds a line break. */
export interface FactName {
  /** `provider/key`. */
  readonly connection: string;
  /** The provider's id of the event; else session, leg, event and provider's time. */
  readonly eventId: string;
  /** Which of the facts that the event amounts to, from 0. */
  readonly part: number;
  /** SHA-256 of the redacted body, in hex. */
  readonly contentSha256: string;
}

/** UUIDv5 of what a configuration file declares, so that every process computes the same id. */
export function declaredId(
  accountId: string,
  kind: 'group' | 'agent' | 'endpoint' | 'status' | 'rule' | 'contact_identity',
  key: string,
): string {
  return derivedId(`${kind}\n${accountId}\n${key}`);
}

/** UUIDv5 that names one event about one cause, so that a repetition has the same `ce_id`. */
export function derivedEventId(...parts: readonly string[]): string {
  return derivedId(`event\n${parts.join('\n')}`);
}

/** A new id (UUIDv7: sorted by time of creation). */
export function newId(): string {
  return v7();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text has the form of a UUID (RFC 9562 §4) of any version; capitals are as good. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Names are made one after another: all of them in one place, with the root before it. */
const place = Buffer.alloc(4096);
NAMESPACE.copy(place);

function named(name: string): Buffer {
  const start = NAMESPACE.length;
  // A character of JavaScript has three bytes of UTF-8 at most.
  return 3 * name.length <= place.length - start
    ? place.subarray(0, start + place.write(name, start, 'utf8'))
    : Buffer.concat([NAMESPACE, Buffer.from(name, 'utf8')]);
}

/** UUIDv5 (RFC 9562 §5.5), several for each fact: `v5` of the package takes twice as long at least. */
function derivedId(name: string): string {
  const digest = hash('sha1', named(name), 'hex');
  const variant = '89ab'[Number.parseInt(digest.charAt(16), 16) & 3];
  const [first, second, third] = [digest.slice(0, 8), digest.slice(8, 12), digest.slice(13, 16)];
  return `${first}-${second}-5${third}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
