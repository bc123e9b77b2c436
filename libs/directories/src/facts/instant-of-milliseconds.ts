const FIRST = Date.parse('1970-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** ISO 8601, UTC, of milliseconds since 1970, as a number or its digits; null for what is none. */
export function instantOfMilliseconds(told: unknown): string | null {
  const time = typeof told === 'string' && /^\d{1,15}$/.test(told) ? Number(told) : told;
  return typeof time === 'number' && time > FIRST && time <= LAST ? new Date(Math.trunc(time)).toISOString() : null;
}
