import { hash } from 'node:crypto';
import {
  checkContactFact,
  type ContactAddress,
  type ContactFact,
  factId,
  normaliseEmailAddress,
  readUnrepeatedPhoneNumber,
} from '#libs/interaction';
import { type AddressText, type ContactRow, type ContactTexts, refused, type RowRefusal } from './contact-row.js';

/** What all rows of a file have in common. */
export interface RowContext {
  readonly accountId: string;
  /** What external ids are keys of; null: they are not read. */
  readonly integration: string | null;
  /** ISO 3166, of numbers that are written as inside one country. */
  readonly country: string | null;
  readonly fileSha256: string;
  /** At least as many as the file has. */
  readonly fileLines: number;
  /** When the file was taken. UTC, milliseconds. */
  readonly at: string;
}

export type RowFact = { readonly ok: true; readonly fact: ContactFact } | ({ readonly ok: false } & RowRefusal);

/** Most UTF-16 units of each text. Longer is refused, never cut. */
const LIMITS = {
  external_id: 500,
  name: 200,
  company: 200,
  locale: 35,
  time_zone: 64,
  url: 2000,
  email: 320,
  phone: 60,
};
const MOST_ADDRESSES = 20;
const LONGEST_LABEL = 60;
/** Decoding leaves it for bytes that mean nothing; taken as it is, it would be part of somebody's name for good. */
const UNREADABLE = '\ufffd';
/** What PostgreSQL and JSON cannot hold, or what is never part of a text that people typed. */
// eslint-disable-next-line no-control-regex -- these are looked for
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f]|\p{Surrogate}/u;

/** The connection that rows of this integration come in by. */
export function importConnection(integration: string | null): string {
  const slug = (integration ?? 'file')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, 40);
  return `import/${slug}`;
}

/**
 * The fact that a row is; or why it is none. The same row of the same file, read in the same way, always has the same id. First
 * hit wins: a row that could not be read, a text beyond its limit or of no use, an address that is none, nothing to find the
 * contact by.
 */
export function factOfRow(row: ContactRow, context: RowContext): RowFact {
  const { read } = row;
  if (!read.ok) {
    return read;
  }
  const { texts } = read;
  const wrong = wrongWith(texts, context);
  if (wrong !== null) {
    return wrong;
  }
  const emails = addressesOf(texts.emails, 'email', (raw) => ({ key: normaliseEmailAddress(raw), kind: 'email' }));
  const phones = addressesOf(texts.phones, 'phone', (raw) => readUnrepeatedPhoneNumber(raw, context.country));
  if (isRefusal(emails) || isRefusal(phones)) {
    return isRefusal(emails) ? emails : (phones as RowFact);
  }
  const { integration } = context;
  const externalId = integration === null ? null : (texts.externalId ?? null);
  if (externalId === null && (emails ?? []).length + (phones ?? []).length === 0) {
    return refused(null, whyNobody(texts, integration));
  }
  const contact = integration === null || externalId === null ? null : { integration, externalId: oneLine(externalId) };
  return checked(row, context, texts.occurredAt ?? null, { contact, ...saidBy(texts), emails, phones });
}

type Said = Pick<
  ContactFact,
  'contact' | 'emails' | 'phones' | 'name' | 'company' | 'locale' | 'timeZone' | 'url' | 'complete'
>;

function saidBy({ name, company, locale, timeZone, url, complete }: ContactTexts): Said {
  return {
    ...(name === undefined ? {} : { name: cleaned(name) }),
    ...(company === undefined ? {} : { company: cleaned(company) }),
    ...(locale === undefined ? {} : { locale: cleaned(locale) }),
    ...(timeZone === undefined ? {} : { timeZone: cleaned(timeZone) }),
    ...(url === undefined ? {} : { url: cleaned(url) }),
    ...(complete === undefined ? {} : { complete }),
  };
}

/**
 * When it was so, where the row does not tell: the last line when the file was taken, each before it a millisecond earlier. Of
 * two rows about one contact the later one in the file is then the newer.
 */
function instantOfLine(line: number, { at, fileLines }: RowContext): string {
  return new Date(Date.parse(at) - Math.max(fileLines - line, 0)).toISOString();
}

function checked({ row, line }: ContactRow, context: RowContext, occurredAt: string | null, said: Said): RowFact {
  const { accountId, fileSha256, integration, at } = context;
  const origin = {
    connection: importConnection(integration),
    eventId: `${fileSha256}:${row}`,
    part: 0,
    contentSha256: hash('sha256', JSON.stringify(said), 'hex'),
    at: occurredAt ?? instantOfLine(line, context),
    receivedAt: at,
  };
  const id = factId(accountId, 'contact', origin);
  const read = checkContactFact({ schema: 1, channel: 'contact', id, accountId, origin, kind: 'upserted', ...said });
  return read.ok ? read : refused(null, read.detail);
}

function wrongWith(texts: ContactTexts, { integration }: RowContext): RowFact | null {
  const single: (readonly [keyof typeof LIMITS, string | null | undefined])[] = [
    ['external_id', integration === null ? null : texts.externalId],
    ['name', texts.name],
    ['company', texts.company],
    ['locale', texts.locale],
    ['time_zone', texts.timeZone],
    ['url', texts.url],
    ...(texts.emails ?? []).map(({ value }) => ['email', value] as const),
    ...(texts.phones ?? []).map(({ value }) => ['phone', value] as const),
  ];
  for (const [field, text] of single) {
    const wrong = wrongText(text ?? '', LIMITS[field]);
    if (wrong !== null) {
      return refused(field, wrong);
    }
  }
  const labels = [...(texts.emails ?? []), ...(texts.phones ?? [])].map(({ label }) => label ?? '');
  const tooMany = (['emails', 'phones'] as const).find((kind) => (texts[kind] ?? []).length > MOST_ADDRESSES);
  return tooMany !== undefined
    ? refused(tooMany.slice(0, -1), `there are more than ${MOST_ADDRESSES}`)
    : labels.some((label) => wrongText(label, LONGEST_LABEL) !== null)
      ? refused('label', `is longer than ${LONGEST_LABEL} characters, or cannot be read`)
      : null;
}

function wrongText(text: string, most: number): string | null {
  if (text.length > most) {
    return `is longer than ${most} characters`;
  }
  return text.includes(UNREADABLE)
    ? 'has letters that could not be read: name the --encoding'
    : CONTROL.test(text)
      ? 'holds control characters'
      : null;
}

/** In the order of the file; an address that is told twice is one, and a number that is withheld is none. */
function addressesOf(
  texts: readonly AddressText[] | null | undefined,
  field: 'email' | 'phone',
  read: (raw: string) => { readonly key: string | null; readonly kind: string },
): ContactAddress[] | null | undefined | RowFact {
  if (texts === null || texts === undefined) {
    return texts;
  }
  const found = new Map<string, ContactAddress>();
  for (const { value: raw, label, primary } of texts) {
    const { key: value, kind } = read(raw);
    if (kind === 'withheld') {
      continue;
    }
    if (value === null) {
      return refused(field, field === 'email' ? 'is no email address' : whyNoNumber(raw));
    }
    if (!found.has(value)) {
      const marks = { ...(label ? { label: oneLine(label) } : {}), ...(primary === true ? { primary } : {}) };
      found.set(value, { value, raw: raw.trim(), ...marks });
    }
  }
  return [...found.values()];
}

function whyNoNumber(raw: string): string {
  return /^\d+([.,]\d+)?E\+?\d+$/i.test(raw.trim())
    ? 'was rounded by a spreadsheet: format the column as text and fill it again'
    : 'is no telephone number';
}

function whyNobody({ externalId }: ContactTexts, integration: string | null): string {
  return externalId !== null && externalId !== undefined && integration === null
    ? 'has no email and no phone, and its external id is not read without --integration'
    : 'has neither an external id, an email nor a phone by which a contact could be found';
}

function isRefusal(found: ContactAddress[] | null | undefined | RowFact): found is RowFact {
  return found !== null && found !== undefined && !Array.isArray(found);
}

function cleaned(text: string | null): string | null {
  const line = text === null ? '' : oneLine(text);
  return line === '' ? null : line;
}

function oneLine(text: string): string {
  return text.replace(/[\s\u0085]+/g, ' ').trim();
}
