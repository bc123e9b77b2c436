import type { Asker, Expected } from '../command/command.js';
import type { Fault } from '../command/refusal.js';
import { externalName } from '../contact-fact/contact-of-fact.js';
import { spellingsOf } from '../contact/strangers.js';
import type { IdentityName } from '../contact/contact-desk.js';
import type { ContactField, ContactValue } from '../contact/contact-state.js';
import { type Needs, NO_NEEDS } from '../decision/needs.js';
import { identityOf } from '../decision/snapshot.js';

interface ContactRequest {
  readonly asker: Asker;
  readonly expected: Expected;
  /** What was found wrong with it before; it is answered together with what the rules find. */
  readonly faults: readonly Fault[];
}

/** What somebody wants a contact to be; what is absent stays as it is, null clears. */
export interface ContactWish {
  readonly fields: Readonly<Partial<Record<Exclude<ContactField, 'url'>, string | null>>>;
  readonly kind?: 'person' | 'shared_line';
  readonly blocked?: boolean;
  readonly custom?: Readonly<Record<string, ContactValue | null>>;
}

/** What is said of an identity; absent: nothing. */
export interface IdentityWords {
  readonly label?: string | null;
  readonly verified?: boolean;
  readonly primary?: boolean;
  readonly shared?: boolean;
}

/** An identity that a contact is to have. */
export interface IdentityWish extends IdentityName, IdentityWords {
  /** As it was written. */
  readonly raw: string;
  /** JSON pointer to it in the body. */
  readonly pointer: string;
}

export interface CreateContact extends ContactRequest {
  readonly command: 'create_contact';
  readonly wish: ContactWish;
  readonly identities: readonly IdentityWish[];
}

/** A request about one contact; the id may be that of one which lives on in it. */
interface TargetedRequest extends ContactRequest {
  readonly contactId: string;
}

export interface ChangeContact extends TargetedRequest {
  readonly command: 'change_contact';
  readonly wish: ContactWish;
}

/** Makes or changes the contact that an integration calls by a key; what it has beside stays. */
export interface UpsertContact extends ContactRequest {
  readonly command: 'upsert_contact';
  readonly integration: string;
  readonly externalId: string;
  readonly wish: ContactWish;
  readonly identities: readonly IdentityWish[];
}

export interface MergeContacts extends ContactRequest {
  readonly command: 'merge_contacts';
  /** Null only when that is among the faults. */
  readonly into: string | null;
  readonly from: readonly string[];
}

export interface UnmergeContact extends TargetedRequest {
  readonly command: 'unmerge_contact';
  /** The one that is to be itself again; null only when that is among the faults. */
  readonly mergedId: string | null;
}

export interface AddIdentity extends TargetedRequest {
  readonly command: 'add_identity';
  /** Null only when it is among the faults. */
  readonly identity: IdentityWish | null;
}

export interface ChangeIdentity extends TargetedRequest {
  readonly command: 'change_identity';
  readonly name: IdentityName;
  readonly words: IdentityWords;
}

export interface RemoveIdentity extends TargetedRequest {
  readonly command: 'remove_identity';
  readonly name: IdentityName;
}

/** What somebody asks to be done with contacts. */
export type ContactCommand =
  | CreateContact
  | ChangeContact
  | UpsertContact
  | MergeContacts
  | UnmergeContact
  | AddIdentity
  | ChangeIdentity
  | RemoveIdentity;

/** Contacts that the command names. */
export function contactsNamed(command: ContactCommand): readonly string[] {
  switch (command.command) {
    case 'create_contact':
    case 'upsert_contact':
      return [];
    case 'merge_contacts':
      return [...(command.into === null ? [] : [command.into]), ...command.from];
    case 'unmerge_contact':
      return [command.contactId, ...(command.mergedId === null ? [] : [command.mergedId])];
    default:
      return [command.contactId];
  }
}

/** Identities that the command names, whoever bears them. */
export function identitiesNamed(command: ContactCommand): readonly IdentityName[] {
  switch (command.command) {
    case 'create_contact':
      return command.identities;
    case 'upsert_contact':
      return [externalName(command.integration, command.externalId), ...command.identities];
    case 'add_identity':
      return command.identity === null ? [] : [command.identity];
    case 'change_identity':
    case 'remove_identity':
      return [command.name];
    default:
      return [];
  }
}

/** What has to be locked and loaded before commands are decided. */
export function needsOfContactCommands(commands: readonly ContactCommand[]): Needs {
  const names = commands.flatMap(identitiesNamed).flatMap(spellingsOf);
  return {
    ...NO_NEEDS,
    people: new Set(commands.flatMap(contactsNamed)),
    liveRequesters: commands.some(({ command }) => command === 'remove_identity'),
    peopleNamed: new Map(names.map((name) => [identityOf(name), name])),
  };
}
