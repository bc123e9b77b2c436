/** A line of CSV (RFC 4180). What a spreadsheet would run as a formula gets a `'`, and is then a text. */
export function reportLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => cellOf(String(cell ?? ''))).join(',')}\r\n`;
}

function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
