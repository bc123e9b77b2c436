import type { Fault } from '../command/refusal.js';
import type { ContactDesk, IdentityName } from '../contact/contact-desk.js';
import { BY_PEOPLE, type ContactState } from '../contact/contact-state.js';
import { isOnlyHeard } from '../contact/holders.js';
import type { ContactWish, IdentityWish } from './contact-command.js';

/** Who says it, and when. */
export interface Word {
  /** Id of who says it by hand. */
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
}

const MOST_CUSTOM = 50;

/** What is wrong with a wish beyond its single values. `state` null: the contact is new. */
export function faultsOfWish(state: ContactState | null, { custom = {} }: ContactWish): Fault[] {
  const keys = new Set([...Object.keys(state?.customFields ?? {}), ...Object.keys(custom)]);
  const left = [...keys].filter((key) => (Object.hasOwn(custom, key) ? custom[key] !== null : true));
  const detail = `A contact has at most ${MOST_CUSTOM} of them.`;
  return left.length > MOST_CUSTOM ? [{ pointer: '/custom_fields', code: 'too-many-items', detail }] : [];
}

const FIELDS = ['name', 'company', 'locale', 'timeZone'] as const;

/** Tells what differs from what is shown of the contact. */
export function tellWish(desk: ContactDesk, state: ContactState, wish: ContactWish, word: Word): void {
  const { id } = state;
  for (const field of FIELDS) {
    const value = wish.fields[field];
    if (value !== undefined && value !== state[field]) {
      desk.tellField(id, field, { ...word, value });
    }
  }
  for (const [key, value] of Object.entries(wish.custom ?? {})) {
    const before = Object.hasOwn(state.customFields, key) ? state.customFields[key] : null;
    if (value !== before) {
      desk.tellCustom(id, key, { ...word, value });
    }
  }
  const { kind = state.kind, blocked = state.blocked } = wish;
  if (kind !== state.kind || blocked !== state.blocked) {
    desk.set(id, { kind, blocked });
  }
}

/** Tells an identity of a contact, when anything of it is new. */
export function tellIdentity(
  desk: ContactDesk,
  contactId: string,
  wish: IdentityWish,
  at: string,
  source?: string,
): void {
  const { kind, value, raw, shared } = wish;
  const name = { kind, value };
  const bearerId = bearerOf(desk, contactId, name, source === undefined);
  const known = desk.book.identity({ contactId: bearerId, ...name });
  const before = known ?? { label: null, primary: false, verifiedAt: null, former: true, shared: false };
  const { label = before.label, primary = before.primary, verified = before.verifiedAt !== null } = wish;
  const isNews =
    before.former || label !== before.label || primary !== before.primary || verified !== (before.verifiedAt !== null);
  if (isNews) {
    desk.tell(bearerId, name, source ?? sourceOf(name), { at, raw, label, primary, verified });
  }
  if (shared !== undefined && shared !== before.shared) {
    desk.setShared(bearerId, name, shared);
  }
}

/**
 * Of whom in the family an identity was told before: nobody has it twice. What an integration tells is never said of a
 * stranger who is taken to be its contact: should they be two after all, each has its own.
 */
function bearerOf({ book }: ContactDesk, contactId: string, name: IdentityName, byPeople: boolean): string {
  const person = book.survivorOf(contactId);
  const bearers = book.bearersOf(name).filter((one) => {
    const isOwn = one.contactId === contactId;
    return isOwn || (book.survivorOf(one.contactId) === person && (byPeople || !isOnlyHeard(one)));
  });
  return (bearers.find((one) => one.contactId === contactId) ?? bearers[0])?.contactId ?? contactId;
}

/** What an integration calls somebody is told in its name: it can take it back. */
export function sourceOf({ kind, value }: Pick<IdentityWish, 'kind' | 'value'>): string {
  return kind === 'external' ? value.slice(0, value.indexOf(':')) : BY_PEOPLE;
}
