/** What the clocks of a zone show of one kind; empty for what was not asked for. */
export type ClockReading = (part: Intl.DateTimeFormatPartTypes) => string;

/**
 * A way to read the clocks of time zones (IANA names) at an instant in milliseconds, in Latin digits of the Gregorian calendar,
 * hours from 0 to 23.
 *
 * @throws RangeError while reading, for a zone that the runtime does not know.
 */
export function zoneClock(shown: Intl.DateTimeFormatOptions): (zone: string, instant: number) => ClockReading {
  // Making one costs much more than using it.
  const formats = new Map<string, Intl.DateTimeFormat>();
  const formatOf = (zone: string): Intl.DateTimeFormat => {
    const known = formats.get(zone);
    if (known !== undefined) {
      return known;
    }
    const ours = { calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' } as const;
    const format = new Intl.DateTimeFormat('en-US', { ...ours, ...shown, timeZone: zone });
    formats.set(zone, format);
    return format;
  };
  return (zone, instant) => {
    const parts = new Map(
      formatOf(zone)
        .formatToParts(instant)
        .map(({ type, value }) => [type, value]),
    );
    return (part) => parts.get(part) ?? '';
  };
}
