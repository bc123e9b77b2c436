import { parse } from 'csv-parse/sync';

/** The cells of records that are each sound by themselves, with the blanks that they have. */
export function readCells(records: readonly string[], separator: string): string[][] {
  if (records.length === 0) {
    return [];
  }
  const read = parse(records.join('\n'), {
    delimiter: separator,
    record_delimiter: '\n',
    relax_column_count: true,
    // A quote in the middle of a cell without quotes is a character like any other.
    relax_quotes: true,
  });
  if (read.length !== records.length) {
    throw new Error(`${records.length} records were read as ${read.length}`);
  }
  return read;
}
