import type { DateMention, DayOfYear } from './date-mentions.js';

/** Days since 1970-01-01, of the proleptic Gregorian calendar. */
export type Day = number;

const MILLISECONDS = 24 * 3600 * 1000;
/** A date that is further from the mail than this is not the one that was meant. */
const FURTHEST_DAYS = 400;

/** Null for a day that the calendar does not have, such as 31 February. */
export function dayOf(year: number, { month, day }: DayOfYear): Day | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 ? date.getTime() / MILLISECONDS : null;
}

/** `2026-12-24`. */
export function isoOf(day: Day): string {
  return new Date(day * MILLISECONDS).toISOString().slice(0, 10);
}

/** The day of an instant in the zone of its Date header, such as `+0100`. */
export function localDay(instant: string, dateLine: string | null): Day {
  return Math.floor((Date.parse(instant) + zoneMinutes(dateLine) * 60_000) / MILLISECONDS);
}

/** Minutes east of Greenwich that a Date header names; 0 where it names none. */
export function zoneMinutes(dateLine: string | null): number {
  const zone = /\s([+-])(\d\d)(\d\d)(?!\d)/.exec(dateLine ?? '');
  const minutes = Number(zone?.[2] ?? 0) * 60 + Number(zone?.[3] ?? 0);
  return zone?.[1] === '-' ? -minutes : minutes;
}

/** Which of two readings holds: the one whose day of the week is the one that was written. */
export function byWeekday(readings: readonly DayOfYear[], mention: DateMention, notBefore: Day): readonly DayOfYear[] {
  const { weekday } = mention;
  const fitting = readings.filter((reading) => {
    const day = next(reading, mention.year, notBefore);
    return day !== null && new Date(day * MILLISECONDS).getUTCDay() === weekday;
  });
  return weekday === null || fitting.length !== 1 ? readings : fitting;
}

/** The day in its year, else the next such day from another one on; null when that is too far. */
export function next(reading: DayOfYear, year: number | null, notBefore: Day): Day | null {
  const thisYear = new Date(notBefore * MILLISECONDS).getUTCFullYear();
  const years = year === null ? [thisYear, thisYear + 1] : [year];
  const days = years.map((each) => dayOf(each, reading)).filter((day) => day !== null);
  const found = year === null ? days.find((day) => day >= notBefore) : days[0];
  return found !== undefined && Math.abs(found - notBefore) <= FURTHEST_DAYS ? found : null;
}

/** The day in its year, else the last such day up to another one; null when that is too far. */
export function last(reading: DayOfYear, year: number | null, notAfter: Day): Day | null {
  const thisYear = new Date(notAfter * MILLISECONDS).getUTCFullYear();
  const years = year === null ? [thisYear, thisYear - 1] : [year];
  const days = years.map((each) => dayOf(each, reading)).filter((day) => day !== null);
  const found = days.find((day) => day <= notAfter);
  return found !== undefined && notAfter - found <= FURTHEST_DAYS ? found : null;
}
