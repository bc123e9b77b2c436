/** Where a command writes. Nothing that came from outside can move the cursor, clear the screen or hide text. */
export interface Terminal {
  /** One line of ordinary output. */
  line(text: string): void;
  /** One JSON document on one line. */
  json(value: unknown): void;
  /** One sentence that says what is wrong and what to do. */
  error(sentence: string): void;
}

/**
 * C0 and C1 controls (with ESC and CSI, which start terminal commands), DEL, and the marks that turn the direction of
 * text (CVE-2021-42574), which would let a mail show something else than it says.
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** The text with a visible mark in place of whatever a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(UNPRINTABLE, '\ufffd');
}

/** JSON that a terminal shows as it is: what `JSON.stringify` leaves raw is escaped, so nothing is lost. */
export function printableJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part), indent);
  return text.replace(UNPRINTABLE, (character) => {
    return character === '\n' ? '\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

type Output = Pick<NodeJS.WritableStream, 'write'>;

export function createTerminal(output: Output, errors: Output): Terminal {
  return {
    line: (text) => void output.write(`${printable(text)}\n`),
    json: (value) => void output.write(`${printableJson(value)}\n`),
    error: (sentence) => void errors.write(`${printable(sentence)}\n`),
  };
}

/** The text on at most `width` characters, with an ellipsis where it was cut. */
export function fitted(text: string, width: number): string {
  const characters = [...printable(text)];
  return characters.length <= width ? characters.join('') : `${characters.slice(0, width - 1).join('')}…`;
}

/** Rows as aligned columns; the first row is the heading. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
