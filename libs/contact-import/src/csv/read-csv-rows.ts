import { type AddressText, type ContactRow, type ContactTexts, refused, TOO_LONG_ROW } from '../contact/contact-row.js';
import type { CsvColumn, CsvDialect } from './csv-dialect.js';
import type { ColumnField } from './heading-words.js';
import { readCells } from './read-cells.js';
import { type CsvRecord, RecordScanner } from './record-scanner.js';

/** Rows of CSV as they come, some at a time. A row of nothing but separators is none. */
export async function* readCsvRows(texts: AsyncIterable<string>, dialect: CsvDialect): AsyncGenerator<ContactRow[]> {
  const scanner = new RecordScanner(dialect.separator);
  let row = 0;
  const rowsOf = (records: readonly CsvRecord[]): ContactRow[] => {
    const body = records.filter(({ line }) => line > dialect.headerLine);
    const sound = body.filter(({ problem }) => problem === null).map(({ text }) => text);
    const cells = readCells(sound, dialect.separator).values();
    return body.flatMap(({ line, problem }) => {
      const read = problem === null ? readRow(cells.next().value ?? [], dialect) : refused(null, REASONS[problem]);
      return read === null ? [] : [{ row: (row += 1), line, read }];
    });
  };
  for await (const text of texts) {
    yield rowsOf(scanner.push(text, false));
  }
  yield rowsOf(scanner.push('', true));
}

const REASONS = {
  quote: 'has a quote that is never closed, or closed in the middle of a cell',
  'too-long': TOO_LONG_ROW,
} as const;

/** Null: nothing is in it. */
function readRow(cells: readonly string[], { columns, width }: CsvDialect): ContactRow['read'] | null {
  if (cells.every((cell) => cell.trim() === '')) {
    return null;
  }
  const surplus = width === null ? [] : cells.slice(width);
  return surplus.some((cell) => cell.trim() !== '')
    ? refused(
        null,
        `has ${cells.length} cells where the heading has ${width}: a cell that holds the separator needs quotes`,
      )
    : { ok: true, texts: textsOf(cells, columns) };
}

/** Nothing where a row has nothing: an empty cell leaves what is there. */
function textsOf(cells: readonly string[], columns: readonly CsvColumn[]): ContactTexts {
  const valueOf = (field: ColumnField): string | undefined => {
    const column = columns.find((one) => one.field === field);
    const cell = column === undefined ? '' : unmarked(cells[column.index] ?? '');
    return cell === '' ? undefined : cell;
  };
  const allOf = (field: ColumnField, parted: RegExp): AddressText[] =>
    columns
      .filter((one) => one.field === field)
      .flatMap(({ index }) => unmarked(cells[index] ?? '').split(parted))
      .map((value) => ({ value: value.trim() }))
      .filter(({ value }) => value !== '' && !isPlaceholder(value));
  const [emails, phones] = [allOf('email', /:::|[;,|\s]+/), allOf('phone', /:::|[;,|\r\n]+/)];
  return {
    externalId: valueOf('external_id'),
    name: fullName(valueOf('name'), valueOf('first_name'), valueOf('last_name')),
    company: valueOf('company'),
    locale: valueOf('locale'),
    timeZone: valueOf('time_zone'),
    url: valueOf('url'),
    ...(emails.length === 0 ? {} : { emails }),
    ...(phones.length === 0 ? {} : { phones }),
  };
}

/** A column called "Name" beside one of first names holds last names in German and French, whole names elsewhere. */
function fullName(name = '', first = '', last = ''): string | undefined {
  const holds = (part: string): boolean => name.toLowerCase().includes(part.toLowerCase());
  if (name === '' || (holds(first) && holds(last)) || (first !== '' && last !== '')) {
    return name || [first, last].filter((part) => part !== '').join(' ') || undefined;
  }
  return first === '' ? `${name} ${last}` : `${first} ${name}`;
}

/** What spreadsheets put around a text so that it is taken for no number: `="0351210"`, `'0351210`. */
function unmarked(cell: string): string {
  return cell
    .trim()
    .replace(/^="(.*)"$/s, '$1')
    .replace(/^'(?=[+\d=@-])/, '')
    .trim();
}

/** What people write where they have nothing to write. */
function isPlaceholder(value: string): boolean {
  return /^(-+|–|—|\.+|\/|n\/?a|n\.a\.|none|null|nil|undefined|nan|#n\/a)$/i.test(value);
}
