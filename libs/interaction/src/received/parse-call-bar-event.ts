import { type CallBarAction, CallBarEvent, callOfEvent } from '../callbar/call-bar-event.js';
import { contractReader, readJson, type Refused } from './read-contract.js';

export type ParsedCallBarEvent = { readonly ok: true; readonly event: CallBarEvent } | Refused;

const readEvent = contractReader(CallBarEvent, whatIsMissing);

/** Reads the value of a record of `interactions.callbar.v1`. Never throws: whatever cannot be an event says why. */
export function parseCallBarEvent(value: Buffer | string | null): ParsedCallBarEvent {
  const json = readJson(value);
  return json.ok ? checkCallBarEvent(json.value) : json;
}

/** Validates an object against the contract. */
export function checkCallBarEvent(plain: unknown): ParsedCallBarEvent {
  const read = readEvent(plain);
  return read.ok ? { ok: true, event: read.value } : read;
}

const NEEDED: Readonly<Record<CallBarAction, keyof CallBarEvent | null>> = {
  'case.create': null,
  'case.attach': 'case',
  'case.detach': 'case',
  'contact.link': 'contact',
  'contact.create': 'person',
  'disposition.set': 'code',
  'note.save': 'text',
  'callback.schedule': 'at',
  'wrapup.start': null,
  'wrapup.end': null,
};

function whatIsMissing(event: CallBarEvent): string | null {
  const needed = NEEDED[event.action];
  if (needed !== null && !event[needed]) {
    return `${needed}: is needed for ${event.action}`;
  }
  if (event.action !== 'case.create' && callOfEvent(event) === null) {
    return `call: is needed for ${event.action}`;
  }
  return event.contact && !event.contact.contactId && !event.contact.external ? 'contact: names nobody' : null;
}
