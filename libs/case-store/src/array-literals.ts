/**
 * Columns travel to PostgreSQL as one array per column (`unnest`). The driver builds an array literal element by
 * element and escapes each; a batch has some twenty thousand elements, most of which can hold nothing to escape.
 */
type Cell = string | number | boolean | null;

/** An array literal of values that never need escaping: ids, numbers, booleans, instants, names of ours. */
export function plainArray(values: readonly Cell[]): string {
  let literal = '';
  for (const value of values) {
    literal += literal === '' ? '' : ',';
    literal += value === null ? 'NULL' : String(value);
  }
  return `{${literal}}`;
}

const SPECIAL = /["\\]/g;

/** An array literal of any text. */
export function textArray(values: readonly (string | null)[]): string {
  let literal = '';
  for (const value of values) {
    literal += literal === '' ? '' : ',';
    literal += value === null ? 'NULL' : `"${value.replace(SPECIAL, '\\$&')}"`;
  }
  return `{${literal}}`;
}

/** A character that no JSON text holds outside of an escape (RFC 8259 §7). */
const RECORD_SEPARATOR = '\u001e';

/** JSON texts as one text for `string_to_array($n, E'\x1e')::json[]`: nothing to escape on either side. */
export function joinedJson(texts: readonly string[]): string {
  return texts.join(RECORD_SEPARATOR);
}
