import { type Holiday, type OpenInterval, WEEKDAYS, type Weekday } from '#libs/interaction';
import type { RuleFault } from '../condition/read-conditions.js';

/** Hours as people write them. Null leaves it as the account has it. */
export interface WrittenHours {
  readonly timeZone: string | null;
  readonly week: readonly OpenInterval[];
  readonly holidays: readonly Holiday[] | null;
}

export const MOST_INTERVALS = 50;
export const MOST_HOLIDAYS = 400;
/** `23:59` is the last time of a day; `24:00` its end. */
export const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
/** A day of one year, or of each. */
export const HOLIDAY = /^(?:[1-9]\d{3}-)?\d{2}-\d{2}$/;
/** Names of the tz database, not the offsets that runtimes take for zones as well. */
export const ZONE = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;
const LONGEST_NAME = 100;
const UNSTORABLE = /[\p{Cc}\p{Surrogate}]/u;

type Refuse = (pointer: string, detail: string, code?: string) => void;

/**
 * Reads hours as the API and the configuration file have them: `time_zone`, `week`, `holidays`. Names all that is wrong at
 * once, by pointers; null with faults.
 */
export function readBusinessHours(given: unknown): {
  readonly value: WrittenHours | null;
  readonly faults: readonly RuleFault[];
} {
  const faults: RuleFault[] = [];
  const refuse: Refuse = (pointer, detail, code = 'validation-failed') => void faults.push({ pointer, code, detail });
  if (!isObject(given)) {
    refuse('', 'Must be an object with week, and perhaps time_zone and holidays.');
    return { value: null, faults };
  }
  const known = ['time_zone', 'week', 'holidays'];
  Object.keys(given)
    .filter((name) => !known.includes(name))
    .forEach((name) =>
      refuse(`/${name.slice(0, 100)}`, `Not a field here. Known: ${known.join(', ')}.`, 'unknown-field'),
    );
  const value = {
    timeZone: zoneOf(given['time_zone'] ?? null, refuse),
    week: itemsOf(given['week'], '/week', MOST_INTERVALS, refuse).flatMap((one, index) =>
      intervalOf(one, `/week/${index}`, refuse),
    ),
    holidays:
      given['holidays'] === undefined || given['holidays'] === null
        ? null
        : itemsOf(given['holidays'], '/holidays', MOST_HOLIDAYS, refuse).flatMap((one, index) =>
            holidayOf(one, `/holidays/${index}`, refuse),
          ),
  };
  return { value: faults.length === 0 ? value : null, faults };
}

function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function itemsOf(given: unknown, pointer: string, most: number, refuse: Refuse): readonly unknown[] {
  if (!Array.isArray(given)) {
    refuse(pointer, 'Must be a list.', given === undefined ? 'field-required' : undefined);
    return [];
  }
  if (given.length > most) {
    refuse(pointer, `Must have at most ${most} items.`, 'too-many-items');
    return [];
  }
  return given;
}

function zoneOf(given: unknown, refuse: Refuse): string | null {
  if (given === null || (typeof given === 'string' && given.length <= 64 && ZONE.test(given) && isZone(given))) {
    return given;
  }
  refuse('/time_zone', 'Must be an IANA time zone, such as Europe/Lisbon.');
  return null;
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function intervalOf(given: unknown, pointer: string, refuse: Refuse): OpenInterval[] {
  const { days, from, to } = isObject(given) ? given : {};
  const isDays = Array.isArray(days) && days.length > 0 && days.length <= 7 && days.every(isWeekday);
  if (!isDays) {
    refuse(`${pointer}/days`, `Must be a list of some of: ${WEEKDAYS.join(', ')}.`);
  }
  const begins = typeof from === 'string' && TIME.test(from) ? from : null;
  const ends = typeof to === 'string' && (to === '24:00' || TIME.test(to)) ? to : null;
  if (begins === null) {
    refuse(`${pointer}/from`, 'Must be a time of the day, from 00:00 to 23:59.');
  }
  if (ends === null || (begins !== null && ends <= begins)) {
    refuse(
      `${pointer}/to`,
      'Must be a later time of the same day, up to 24:00: what goes on after midnight is of the next day.',
    );
  }
  const others = isObject(given) ? Object.keys(given).filter((name) => !['days', 'from', 'to'].includes(name)) : [];
  others.forEach((name) =>
    refuse(`${pointer}/${name.slice(0, 100)}`, 'Not a field here. Known: days, from, to.', 'unknown-field'),
  );
  return isDays && begins !== null && ends !== null ? [{ days: [...new Set(days)], from: begins, to: ends }] : [];
}

function isWeekday(given: unknown): given is Weekday {
  return WEEKDAYS.some((day) => day === given);
}

function holidayOf(given: unknown, pointer: string, refuse: Refuse): Holiday[] {
  const { date, name = '' } = isObject(given) ? given : {};
  const isDate = typeof date === 'string' && HOLIDAY.test(date) && isDay(date);
  if (!isDate) {
    refuse(`${pointer}/date`, 'Must be a day, YYYY-MM-DD, or MM-DD of each year.');
  }
  const isName = typeof name === 'string' && name.length <= LONGEST_NAME && !UNSTORABLE.test(name);
  if (!isName) {
    refuse(`${pointer}/name`, `Must be text of one line, of at most ${LONGEST_NAME} characters.`);
  }
  const others = isObject(given) ? Object.keys(given).filter((one) => one !== 'date' && one !== 'name') : [];
  others.forEach((one) =>
    refuse(`${pointer}/${one.slice(0, 100)}`, 'Not a field here. Known: date, name.', 'unknown-field'),
  );
  return isDate && isName ? [{ date, name: name.normalize('NFC') }] : [];
}

/** 29 February is a day of each year that has one. */
function isDay(date: string): boolean {
  const whole = date.length === 5 ? `2024-${date}` : date;
  const day = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(whole);
}
