import { zoneClock } from './zone-clock.js';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Time of some days of the week, by the clocks of a zone: `09:00` to `18:00`, which itself is not in it; `24:00` ends a day. */
export interface OpenInterval {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** A day on which nobody works: `YYYY-MM-DD`, or `MM-DD` each year. */
export interface Holiday {
  readonly date: string;
  readonly name: string;
}

/** When somebody works. Days are those of the zone, so that a day on which clocks change is one day. */
export interface BusinessHours {
  /** IANA name. */
  readonly timeZone: string;
  readonly week: readonly OpenInterval[];
  readonly holidays: readonly Holiday[];
}

/** Monday to Friday, from nine to six: the hours of who says none. */
export const USUAL_WEEK: readonly OpenInterval[] = [
  { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' },
];

/** What the clocks of a zone show. */
export interface LocalMoment {
  readonly weekday: Weekday;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `HH:MM`, from `00:00` to `23:59`. */
  readonly time: string;
}

const readClock = zoneClock({
  weekday: 'short',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/**
 * An instant by the clocks of a zone. `instant`: milliseconds since 1970.
 *
 * @throws RangeError for a zone that the runtime does not know.
 */
export function localMoment(timeZone: string, instant: number): LocalMoment {
  const part = readClock(timeZone, instant);
  return {
    weekday: part('weekday').toLowerCase() as Weekday,
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/** Whether a day, `YYYY-MM-DD`, is one of the holidays. */
export function isHoliday(holidays: readonly Holiday[], date: string): boolean {
  return holidays.some((holiday) => holiday.date === date || holiday.date === date.slice(5));
}

/**
 * Whether an instant is within the hours. Of an hour that clocks show twice both are, and of one that they leave out none is.
 *
 * @throws RangeError for a zone that the runtime does not know.
 */
export function isWithinHours(hours: BusinessHours, instant: number): boolean {
  return isWorkingAt(hours, localMoment(hours.timeZone, instant));
}

/** Whether a moment by the clocks of their zone is within the hours. */
export function isWorkingAt({ week, holidays }: BusinessHours, { weekday, date, time }: LocalMoment): boolean {
  const isOpen = week.some(({ days, from, to }) => days.includes(weekday) && from <= time && time < to);
  return isOpen && !isHoliday(holidays, date);
}
