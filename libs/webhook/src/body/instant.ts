/** RFC 3339 with its zone; any number of digits of a second. */
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

const OUR_LENGTH = '2026-03-02T10:15:00.000Z'.length;

/** ISO 8601, UTC, milliseconds; null for what is no date and time with a zone, or one that does not exist. */
export function instantOf(text: string): string | null {
  // Most write it as we do.
  const asWeWrite = text.length === OUR_LENGTH && text.endsWith('Z') ? isoOf(Date.parse(text)) : null;
  if (asWeWrite === text) {
    return text;
  }
  const [, date = '', time = '', fraction = '', zone = ''] = RFC_3339.exec(text) ?? [];
  if (date === '' || time.startsWith('24') || !isDay(date)) {
    return null;
  }
  return isoOf(Date.parse(`${date}T${time}${fraction.slice(0, 4)}${zone.toUpperCase()}`));
}

/** 30 February has the right form; JavaScript reads it as another day. */
function isDay(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return day <= 28 || new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

/** The same of a date as mails write it (RFC 2822), which is how Twilio does; null for what is none. */
export function mailInstantOf(text: string | null): string | null {
  return text === null ? null : isoOf(Date.parse(text));
}

const FIRST = Date.parse('1000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

function isoOf(time: number): string | null {
  return time >= FIRST && time <= LAST ? new Date(time).toISOString() : null;
}

/** So many milliseconds later; null where either is not told. */
export function later(instant: string | null, milliseconds: number | null): string | null {
  return instant === null || milliseconds === null ? null : new Date(Date.parse(instant) + milliseconds).toISOString();
}
