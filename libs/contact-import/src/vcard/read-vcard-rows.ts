import { type AddressText, type ContactRow, type ContactTexts, refused, TOO_LONG_ROW } from '../contact/contact-row.js';
import { decodeChunks } from '../text/decode-chunks.js';
import { type Card, CardScanner } from './card-scanner.js';
import { partsOf, type RawProperty, textOf, typesOf, unescaped } from './vcard-property.js';

/** Rows of vCards 2.1 to 4.0, as they come. Numbers of fax machines and pagers are left out. */
export async function* readVcardRows(chunks: AsyncIterable<Buffer>, charset: string): AsyncGenerator<ContactRow[]> {
  const scanner = new CardScanner();
  const isWide = charset.startsWith('utf-16');
  const bytes = isWide ? inUtf8(decodeChunks(chunks, charset)) : chunks;
  let row = 0;
  let isFirst = true;
  const rowsOf = (cards: readonly Card[]): ContactRow[] =>
    cards.map((card) => ({ row: (row += 1), line: card.line, read: readCard(card, isWide ? 'utf-8' : charset) }));
  for await (const chunk of bytes) {
    const text = chunk.toString('latin1');
    yield rowsOf(scanner.push(isFirst ? text.replace(/^\xef\xbb\xbf/, '') : text, false));
    isFirst = false;
  }
  yield rowsOf(scanner.push('', true));
}

async function* inUtf8(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) {
    yield Buffer.from(text);
  }
}

const REASONS = {
  open: 'is a card that does not end',
  outside: 'is in no card',
  'too-long': TOO_LONG_ROW,
} as const;

function readCard({ properties, problem }: Card, charset: string): ContactRow['read'] {
  return problem === null ? { ok: true, texts: textsOf(properties, charset) } : refused(null, REASONS[problem]);
}

function textsOf(properties: readonly RawProperty[], charset: string): ContactTexts {
  const all = (name: string): RawProperty[] => properties.filter((one) => one.name === name);
  const first = (name: string): string | undefined =>
    all(name)
      .map((one) => unescaped(textOf(one, charset)))
      .find((text) => text !== '');
  const [name, company, zone] = [nameOf(properties, charset), companyOf(properties, charset), first('TZ')];
  const addresses = (kind: 'EMAIL' | 'TEL'): AddressText[] =>
    all(kind).flatMap((one) => addressOf(one, properties, charset) ?? []);
  const [emails, phones] = [addresses('EMAIL'), addresses('TEL')];
  return {
    externalId: first('UID'),
    ...(name === undefined ? {} : { name }),
    ...(company === undefined ? {} : { company }),
    ...(first('LANG') === undefined ? {} : { locale: first('LANG') }),
    // Others are distances from Greenwich, which are no zone for half of the year.
    ...(zone !== undefined && /^[A-Za-z]+\/[\w/+-]+$/.test(zone) ? { timeZone: zone } : {}),
    ...(emails.length === 0 ? {} : { emails }),
    ...(phones.length === 0 ? {} : { phones }),
  };
}

/** `FN`, which people see; else the parts of `N`: given, additional, family. */
function nameOf(properties: readonly RawProperty[], charset: string): string | undefined {
  const shown = properties.filter(({ name }) => name === 'FN').map((one) => unescaped(textOf(one, charset)));
  const structured = properties.find(({ name }) => name === 'N');
  const [family = '', given = '', additional = ''] =
    structured === undefined ? [] : partsOf(textOf(structured, charset));
  const joined = [given, additional, family].filter((part) => part !== '').join(' ');
  return shown.find((text) => text !== '') ?? (joined === '' ? undefined : joined);
}

function companyOf(properties: readonly RawProperty[], charset: string): string | undefined {
  const organisation = properties.find(({ name }) => name === 'ORG');
  return organisation === undefined ? undefined : partsOf(textOf(organisation, charset)).find((part) => part !== '');
}

/** Types that say nothing of which one it is. */
const NO_LABELS = /^(internet|pref|voice|text|x-.*|)$/;

function addressOf(property: RawProperty, properties: readonly RawProperty[], charset: string): AddressText | null {
  const types = typesOf(property);
  const isMachine = types.some((type) => type === 'fax' || type === 'pager') && !types.includes('voice');
  const value = unescaped(textOf(property, charset)).replace(/^mailto:/i, '');
  if (value === '' || isMachine) {
    return null;
  }
  const isFirst =
    types.includes('pref') || property.parameters.some(({ name, value: rank }) => name === 'PREF' && rank === '1');
  const label = labelOf(property, properties, charset) ?? types.find((type) => !NO_LABELS.test(type));
  return { value, ...(label === undefined ? {} : { label }), ...(isFirst ? { primary: true } : {}) };
}

/** What Apple's address book calls it: a property of its own in the same group, such as `_$!<Home>!$_`. */
function labelOf({ group }: RawProperty, properties: readonly RawProperty[], charset: string): string | undefined {
  const label = properties.find((one) => one.name === 'X-ABLABEL' && group !== null && one.group === group);
  const text = label === undefined ? '' : unescaped(textOf(label, charset)).replace(/^_\$!<(.*)>!\$_$/, '$1');
  return text === '' ? undefined : text.slice(0, 60);
}
