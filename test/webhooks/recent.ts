const DAY_MS = 24 * 60 * 60 * 1000;
/** The day of the examples. */
const THEN = Date.UTC(2026, 2, 2);

/** Midnight of yesterday, UTC, milliseconds: what began so lately opens cases. */
export const YESTERDAY = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;

/** A body of an example as if it were of yesterday: the same times of day, in JSON or in a form. */
export function recent(text: string): string {
  const shift = (instant: string) => new Date(Date.parse(instant) + YESTERDAY - THEN);
  return text
    .replace(/2026-03-02T[\d:.]+Z/g, (instant) => shift(instant).toISOString())
    .replace(/[A-Z][a-z]{2}%2C\+02\+Mar\+2026\+[\d%A-F]+\+%2B0000/g, (instant) => {
      const read = decodeURIComponent(instant.replaceAll('+', ' '));
      return encodeURIComponent(shift(read).toUTCString().replace('GMT', '+0000')).replaceAll('%20', '+');
    });
}
