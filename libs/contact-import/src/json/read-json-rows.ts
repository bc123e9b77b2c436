import {
  type AddressText,
  type ContactRow,
  type ContactTexts,
  refused,
  type RowRefusal,
  TOO_LONG_ROW,
} from '../contact/contact-row.js';
import { type Line, LineScanner } from '../text/line-scanner.js';

/** Rows of JSON lines, each in the form of a `contact.upserted` of the webhook for contacts, as they come. */
export async function* readJsonRows(texts: AsyncIterable<string>): AsyncGenerator<ContactRow[]> {
  const scanner = new LineScanner();
  let row = 0;
  const rowsOf = (lines: readonly Line[]): ContactRow[] =>
    lines
      .filter(({ text }) => text.trim() !== '')
      .map(({ line, text, isTooLong }) => ({
        row: (row += 1),
        line,
        read: isTooLong || Buffer.byteLength(text) > MOST_BYTES ? refused(null, TOO_LONG_ROW) : readLine(text),
      }));
  for await (const text of texts) {
    yield rowsOf(scanner.push(text, false));
  }
  yield rowsOf(scanner.push('', true));
}

const MOST_BYTES = 64 * 1024;
const KNOWN = new Set([
  ...['id', 'type', 'occurred_at', 'external_id', 'name', 'company', 'locale', 'time_zone', 'url'],
  ...['emails', 'phones', 'complete'],
]);
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

type Reading = ContactRow['read'];
type Members = Readonly<Record<string, unknown>>;

function readLine(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused(null, 'is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused(null, 'is no JSON object');
  }
  return readMembers(value as Members);
}

function readMembers(members: Members): Reading {
  const { type = 'contact.upserted' } = members;
  const unknown = Object.keys(members).find((name) => !KNOWN.has(name));
  if (type !== 'contact.upserted') {
    return refused('type', 'is not contact.upserted, which is all that a file can hold');
  }
  if (unknown !== undefined) {
    return refused(null, `has a member that is not known: ${JSON.stringify(unknown.slice(0, 60))}`);
  }
  const wrong = TEXTS.find((name) => !isTextOrNothing(members[name]));
  if (wrong !== undefined) {
    return refused(wrong, 'is no text');
  }
  const { occurred_at: occurredAt, complete } = members;
  const isInstant = typeof occurredAt === 'string' && INSTANT.test(occurredAt) && !Number.isNaN(Date.parse(occurredAt));
  if (occurredAt !== undefined && occurredAt !== null && !isInstant) {
    return refused('occurred_at', 'is no instant such as 2026-03-02T09:00:00Z');
  }
  if (complete !== undefined && complete !== null && typeof complete !== 'boolean') {
    return refused('complete', 'is neither true nor false');
  }
  const [emails, phones] = [addressesOf(members['emails'], 'email'), addressesOf(members['phones'], 'phone')];
  const refusal = [emails, phones].find((one): one is Extract<Reading, RowRefusal> => isRefused(one));
  return refusal ?? { ok: true, texts: textsOf(members, emails as Addresses, phones as Addresses) };
}

const TEXTS = ['external_id', 'name', 'company', 'locale', 'time_zone', 'url'] as const;

type Addresses = readonly AddressText[] | null | undefined;

function textsOf(members: Members, emails: Addresses, phones: Addresses): ContactTexts {
  const text = (name: string): { readonly [name: string]: string | null } | object =>
    members[name] === undefined ? {} : { [MEANT[name] ?? name]: members[name] };
  const { occurred_at: occurredAt, complete } = members;
  return {
    ...Object.assign({}, ...TEXTS.map(text)),
    ...(emails === undefined ? {} : { emails }),
    ...(phones === undefined ? {} : { phones }),
    ...(typeof complete === 'boolean' ? { complete } : {}),
    ...(typeof occurredAt === 'string' ? { occurredAt: new Date(occurredAt).toISOString() } : {}),
  } as ContactTexts;
}

const MEANT: Readonly<Record<string, string>> = { external_id: 'externalId', time_zone: 'timeZone' };

/** Texts, or objects with a value. What a file says to be verified is not believed: whoever wrote it need not know. */
function addressesOf(value: unknown, field: 'email' | 'phone'): Addresses | Extract<Reading, RowRefusal> {
  if (value === undefined || value === null) {
    return value;
  }
  if (!Array.isArray(value)) {
    return refused(field, 'is no list');
  }
  const found = value.map((one: unknown): AddressText | null => addressOf(one));
  return found.some((one) => one === null)
    ? refused(field, 'holds something else than texts and {value, label, primary, verified}')
    : found.flatMap((one) => one ?? []);
}

function addressOf(one: unknown): AddressText | null {
  if (typeof one === 'string') {
    return { value: one };
  }
  const { value, label, primary } = (typeof one === 'object' && one !== null ? one : {}) as Members;
  const isSound =
    typeof value === 'string' && isTextOrNothing(label) && [undefined, null, true, false].includes(primary as boolean);
  return isSound
    ? { value, label: label as string | null | undefined, primary: primary as boolean | null | undefined }
    : null;
}

function isTextOrNothing(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

function isRefused(found: Addresses | Extract<Reading, RowRefusal>): found is Extract<Reading, RowRefusal> {
  return found !== null && found !== undefined && !Array.isArray(found);
}
