import type { ContactRow } from './contact/contact-row.js';
import { type CsvDialect, type CsvWishes, findDialect } from './csv/csv-dialect.js';
import { readCsvRows } from './csv/read-csv-rows.js';
import { formatOf } from './file-kind.js';
import { readJsonRows } from './json/read-json-rows.js';
import { notUnderstood, understood, type Understood } from './outcome.js';
import { decodeChunks, decodeHead } from './text/decode-chunks.js';
import { charsetOfFile, type FileExamination } from './text/examine-file.js';
import { readVcardRows } from './vcard/read-vcard-rows.js';

/** How a file is read. Plain data, so that a run that goes on later reads it in the same way. */
export type ReadingPlan =
  | { readonly format: 'csv'; readonly charset: string; readonly dialect: CsvDialect }
  | { readonly format: 'vcard' | 'json-lines'; readonly charset: string };

/** What the operator says of the file. */
export interface ReadingWishes extends CsvWishes {
  readonly encoding: string | null;
}

const MOST_FILE_BYTES = 1024 ** 3;

/** How to read a file, or why it cannot be read. */
export function planReading(file: FileExamination, wishes: ReadingWishes): Understood<ReadingPlan> {
  if (file.bytes > MOST_FILE_BYTES) {
    return notUnderstood('The file is longer than 1 GiB: split it.');
  }
  const charset = charsetOfFile(file, wishes.encoding);
  if (!charset.ok) {
    return charset;
  }
  const head = decodeHead(file.head, charset.value);
  const format = formatOf(file.head, head);
  if (!format.ok) {
    return format;
  }
  if (format.value !== 'csv') {
    return planWithoutColumns(format.value, charset.value, wishes);
  }
  const dialect = findDialect(head, file.head.length === file.bytes, wishes);
  if (!dialect.ok) {
    return dialect;
  }
  return wishes.hasIntegration && !dialect.value.columns.some(({ field }) => field === 'external_id')
    ? notUnderstood('No column of external ids was understood: name it with --id-column, or leave --integration out.')
    : understood({ format: 'csv', charset: charset.value, dialect: dialect.value });
}

function planWithoutColumns(
  format: 'vcard' | 'json-lines',
  charset: string,
  wishes: CsvWishes,
): Understood<ReadingPlan> {
  return wishes.map.length > 0 || wishes.separator !== null
    ? notUnderstood(
        `The file holds ${format === 'vcard' ? 'vCards' : 'JSON lines'}: --map, --id-column and --separator are for CSV.`,
      )
    : understood({ format, charset });
}

/** The rows of a file from its first byte on, some at a time. Memory is bounded, whatever the file holds. */
export function readRows(chunks: AsyncIterable<Buffer>, plan: ReadingPlan): AsyncGenerator<ContactRow[]> {
  switch (plan.format) {
    case 'csv':
      return readCsvRows(decodeChunks(chunks, plan.charset), plan.dialect);
    case 'vcard':
      return readVcardRows(chunks, plan.charset);
    case 'json-lines':
      return readJsonRows(decodeChunks(chunks, plan.charset));
  }
}
