import { contentHash, instantOf, member } from '#libs/webhook';
import type { DirectoryArrival } from '../facts/arrival.js';
import { ignoredEvent, wrongBody, type DirectoryEvents } from '../facts/event-read.js';
import { upsertOf } from '../facts/said-contact.js';
import { BODY_SECRET } from './verify.js';

type Plain = Readonly<Record<string, unknown>>;

export const TALKDESK_CONTACT_SECRETS: ReadonlySet<string> = new Set([BODY_SECRET]);
/** By the letters of a trigger's name, which is spelled in several ways. */
const TRIGGERS: ReadonlySet<string> = new Set(['contactcreated', 'contactupdated', 'newcontact', 'updatedcontact']);
/** What Talkdesk leaves of a placeholder that it does not know. */
const UNFILLED = /^\{\{.*\}\}$/;

/** Reads the body of a trigger about a contact. A placeholder that was filled with nothing says nothing: it clears no field. */
export function readTalkdeskContacts(plain: Plain, arrival: DirectoryArrival): DirectoryEvents {
  const event = said(plain, 'event');
  if (event === null) {
    return wrongBody({ pointer: '/event', code: 'required', detail: 'is missing' });
  }
  const letters = event.toLowerCase().replace(/[^a-z]/g, '');
  const id = said(plain, 'contact_id', 'contact.id');
  if (!TRIGGERS.has(letters)) {
    return {
      ok: true,
      events: [ignoredEvent([id ?? '', event].join(' ').trim().slice(0, 200), 'unknown-type', event)],
    };
  }
  if (id === null || id.length > 200) {
    return wrongBody({ pointer: '/contact_id', code: 'required', detail: 'is missing, or longer than 200 characters' });
  }
  const origin = {
    eventId: `${id} ${letters}`,
    at: instantOf(said(plain, 'updated_at') ?? ''),
    contentSha256: contentHash(plain, TALKDESK_CONTACT_SECRETS),
  };
  const text = (name: string, ...others: string[]) => said(plain, name, ...others) ?? undefined;
  const email = text('contact_email', 'contact.email');
  const phone = text('contact_phone_number', 'contact_phone', 'contact.phone');
  const { facts, note } = upsertOf(arrival, origin, {
    externalId: id,
    name: text('contact_name', 'contact.name'),
    company: text('contact_company', 'contact.company'),
    emails: email === undefined ? undefined : [{ value: email }],
    phones: phone === undefined ? undefined : [{ value: phone }],
  });
  return { ok: true, events: [{ eventId: origin.eventId, told: facts, note }] };
}

function said(plain: Plain, ...names: readonly string[]): string | null {
  const value = member(plain, ...names);
  return value === null || UNFILLED.test(value) ? null : value;
}
