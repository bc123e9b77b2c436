import { zoneClock } from './zone-clock.js';

const readClock = zoneClock({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });

/**
 * An instant as people in a time zone write it, such as `2 Mar 2026 10:15`. `zone`: an IANA name; `at`: ISO 8601.
 *
 * @throws RangeError for a zone that the runtime does not know.
 */
export function localTime(zone: string, at: string): string {
  const minute = Math.floor(Date.parse(at) / 60_000);
  const key = `${zone} ${minute}`;
  const known = TIMES.get(key);
  if (known !== undefined) {
    return known;
  }
  const part = readClock(zone, minute * 60_000);
  const time = `${part('day')} ${part('month')} ${part('year')} ${part('hour')}:${part('minute')}`;
  if (TIMES.size === MOST_TIMES) {
    TIMES.clear();
  }
  TIMES.set(key, time);
  return time;
}

/** Calls of one minute are worded again and again, and to ask the clocks costs more than all other words. */
const TIMES = new Map<string, string>();
const MOST_TIMES = 5_000;
