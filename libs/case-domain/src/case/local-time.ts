const FORMATS = new Map<string, Intl.DateTimeFormat>();

/**
 * An instant as people in a time zone write it, such as `2 Mar 2026 10:15`. `zone`: an IANA name; `at`: ISO 8601.
 *
 * @throws RangeError for a zone that the runtime does not know.
 */
export function localTime(zone: string, at: string): string {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(Date.parse(at))
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return `${part('day')} ${part('month')} ${part('year')} ${part('hour')}:${part('minute')}`;
}

/** Making one costs much more than using it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone);
  if (known !== undefined) {
    return known;
  }
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  FORMATS.set(zone, format);
  return format;
}
