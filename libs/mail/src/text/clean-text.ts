/** Strings of Node 20 have these (ES2024); the library files of our target do not say so. */
interface WellFormed {
  isWellFormed(): boolean;
  toWellFormed(): string;
}

/** Text without NUL (PostgreSQL refuses it) and without lone surrogates (JSON of PostgreSQL refuses them). */
export function storable(text: string): string {
  const withoutNul = (text.includes('\u0000') ? text.replaceAll('\u0000', '') : text) as string & WellFormed;
  return withoutNul.isWellFormed() ? withoutNul : withoutNul.toWellFormed();
}

/** One line: line breaks and other control characters become single blanks. */
export function singleLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return storable(text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ')).trim();
}

/** The beginning of a text: at most so many UTF-16 units, never half a character. */
export function beginning(text: string, units: number): string {
  if (text.length <= units) {
    return text;
  }
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(units - 1));
  return text.slice(0, splitsPair ? units - 1 : units);
}

/** The beginning of a text: at most so many bytes of UTF-8, never half a character. */
export function beginningInBytes(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) {
    return text;
  }
  const encoded = Buffer.from(beginning(text, bytes));
  let end = Math.min(bytes, encoded.length);
  while (end > 0 && end < encoded.length && ((encoded[end] ?? 0) & 0xc0) === 0x80) {
    end -= 1;
  }
  return encoded.subarray(0, end).toString();
}
