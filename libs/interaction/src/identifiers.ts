import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import type { Channel } from './interaction.js';

/** Root of every derived id; changing it would make every interaction new again. */
const NAMESPACE = 'c5e4b6b0-3f0a-5d0e-9a53-0b7a51a2c0de';

/** Id of the account when the configuration names none. */
export const DEFAULT_ACCOUNT_ID = uuidv5('account:default', NAMESPACE);

/** UUIDv5 of (account, channel, external id). The same input always has the same id. */
export function interactionId(accountId: string, channel: Channel, externalId: string): string {
  return uuidv5(`interaction\n${accountId}\n${channel}\n${externalId}`, NAMESPACE);
}

/** UUIDv5 of what a configuration file declares, so that every process computes the same id. */
export function declaredId(accountId: string, kind: 'group' | 'agent' | 'endpoint' | 'status', key: string): string {
  return uuidv5(`${kind}\n${accountId}\n${key}`, NAMESPACE);
}

/** UUIDv5 of a contact by its first identity: two processes that meet the same stranger agree on the id. */
export function contactIdOf(accountId: string, identity: { kind: string; value: string }): string {
  return uuidv5(`contact\n${accountId}\n${identity.kind}\n${identity.value}`, NAMESPACE);
}

/** UUIDv5 that names one event about one cause, so that a repetition has the same `ce_id`. */
export function derivedEventId(...parts: readonly string[]): string {
  return uuidv5(`event\n${parts.join('\n')}`, NAMESPACE);
}

/** A new case id (UUIDv7: sorted by time of creation). */
export function newCaseId(): string {
  return uuidv7();
}
