import { remembering, zoneClock } from '#libs/interaction';

const readClock = zoneClock({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });

/**
 * An instant as people in a time zone write it, such as `2 Mar 2026 10:15`. `zone`: an IANA name; `at`: ISO 8601.
 *
 * @throws RangeError for a zone that the runtime does not know.
 */
export function localTime(zone: string, at: string): string {
  const minute = Math.floor(Date.parse(at) / 60_000);
  return timeOf(`${zone} ${minute}`, () => {
    const part = readClock(zone, minute * 60_000);
    return `${part('day')} ${part('month')} ${part('year')} ${part('hour')}:${part('minute')}`;
  });
}

const timeOf = remembering<string>(5_000);
