/**
 * Columns travel to PostgreSQL as one array per column (`unnest`). The driver builds an array literal element by
 * element and escapes each; a batch has some twenty thousand elements, most of which can hold nothing to escape.
 */
type Cell = string | number | boolean | null;

/** An array literal of values that never need escaping: ids, numbers, booleans, instants, names of ours. */
export function plainArray(values: readonly Cell[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

const SPECIAL = /["\\]/g;

/** An array literal of any text. */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : `"${escaped(value)}"`)).join(',')}}`;
}

/** Most texts hold nothing special, and looking for that is much cheaper than replacing. */
function escaped(text: string): string {
  return text.includes('"') || text.includes('\\') ? text.replace(SPECIAL, '\\$&') : text;
}

/** A character that no JSON text holds outside of an escape (RFC 8259 §7). */
const RECORD_SEPARATOR = 0x1e;

/**
 * JSON texts as one text for `string_to_array($n, E'\x1e')`: nothing to escape on either side. It is a buffer because
 * texts of a megabyte on the heap keep the garbage collector busy; the driver sends it as the bytes of a text.
 */
export function joinedJson(texts: readonly (string | Buffer)[]): Buffer {
  const length = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
  const joined = Buffer.allocUnsafe(Math.max(length - 1, 0));
  let position = 0;
  for (const text of texts) {
    if (position > 0) {
      joined[position] = RECORD_SEPARATOR;
      position += 1;
    }
    position += typeof text === 'string' ? joined.write(text, position) : text.copy(joined, position);
  }
  return joined;
}
