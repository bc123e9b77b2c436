import { zoneClock } from '#libs/interaction';

const readClock = zoneClock({
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/**
 * The instant at which it is 12:00 on a day in a time zone, as ISO 8601 in UTC; null where that noon does not exist,
 * because the zone left it out (domain.md §7). `date`: `YYYY-MM-DD`; `zone`: an IANA name.
 *
 * @throws RangeError for a zone that the runtime does not know.
 */
export function noonIn(zone: string, date: string): string | null {
  const wall = Date.parse(`${date}T12:00:00.000Z`);
  const near = wall - offsetAt(zone, wall);
  const instant = wall - offsetAt(zone, near);
  return instant + offsetAt(zone, instant) === wall ? new Date(instant).toISOString() : null;
}

/** Milliseconds by which the clocks of the zone are ahead of UTC. */
function offsetAt(zone: string, instant: number): number {
  const part = readClock(zone, instant);
  const two = (type: Intl.DateTimeFormatPartTypes): string => part(type).padStart(2, '0');
  const year = part('year').padStart(4, '0');
  const day = `${year}-${two('month')}-${two('day')}`;
  const local = Date.parse(`${day}T${two('hour')}:${two('minute')}:${two('second')}.000Z`);
  return local - Math.floor(instant / 1000) * 1000;
}
