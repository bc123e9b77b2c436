import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noonIn } from '../index.js';

describe('noon in a time zone', () => {
  it.each([
    ['Europe/Rome', '2026-03-28', '2026-03-28T11:00:00.000Z'],
    ['Europe/Rome', '2026-03-29', '2026-03-29T10:00:00.000Z'],
    ['America/New_York', '2026-10-31', '2026-10-31T16:00:00.000Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T17:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-05T01:30:00.000Z'],
    ['Asia/Kolkata', '2026-07-01', '2026-07-01T06:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T22:00:00.000Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T14:00:00.000Z'],
    // The clocks changed between that noon and 12:00 UTC of that day, so that one look at them is not enough.
    ['Pacific/Apia', '2011-04-02', '2011-04-02T23:00:00.000Z'],
    ['Pacific/Apia', '2011-09-24', '2011-09-24T22:00:00.000Z'],
    ['Pacific/Tongatapu', '2002-01-26', '2002-01-25T22:00:00.000Z'],
  ])('19 of %s on %s is %s', (zone, date, instant) => {
    expect(noonIn(zone, date)).toBe(instant);
  });

  it.each([
    ['Pacific/Apia', '2011-12-30'],
    ['Pacific/Fakaofo', '2011-12-30'],
    ['Africa/Khartoum', '2000-01-15'],
    ['Africa/Juba', '2000-01-15'],
  ])('19 does not exist in %s on %s', (zone, date) => {
    expect(noonIn(zone, date)).toBeNull();
  });

  it('says 12:00 of that day on the clocks of the zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const days = fc.date({ min: new Date('1995-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, days, (zone, day) => {
        const date = day.toISOString().slice(0, 10);
        const noon = noonIn(zone, date);
        const shown =
          noon === null
            ? null
            : new Date(noon).toLocaleString('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
        expect([null, `${date} 12:00`]).toContain(shown);
      }),
      { numRuns: 500 },
    );
  });
});
