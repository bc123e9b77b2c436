import { describe, expect, it } from '@jest/globals';
import { type BusinessHours, isWithinHours, localMoment, USUAL_WEEK } from './business-hours.js';

const hours = (overrides: Partial<BusinessHours> = {}): BusinessHours => {
  return { timeZone: 'Europe/Lisbon', week: USUAL_WEEK, holidays: [], ...overrides };
};
const isOpen = (at: string, overrides: Partial<BusinessHours> = {}) => isWithinHours(hours(overrides), Date.parse(at));

describe('business hours', () => {
  it.each([
    ['2026-03-02T08:59:59Z', false],
    ['2026-03-02T09:00:00Z', true],
    ['2026-03-02T17:59:59Z', true],
    ['2026-03-02T18:00:00Z', false],
    ['2026-03-01T10:00:00Z', false],
    // By the clocks of summer.
    ['2026-07-06T08:00:00Z', true],
    ['2026-07-06T17:00:00Z', false],
  ])('at %s: %s', (at, isSo) => {
    expect(isOpen(at)).toBe(isSo);
  });

  it('have an hour twice, or not at all, as the clocks do', () => {
    const sundays = { week: [{ days: ['sun'] as const, from: '01:00', to: '02:00' }] };
    // Lisbon: from 02:00 back to 01:00, and from 01:00 on to 02:00.
    expect(isOpen('2026-10-25T00:30:00Z', sundays)).toBe(true);
    expect(isOpen('2026-10-25T01:30:00Z', sundays)).toBe(true);
    expect(isOpen('2026-10-25T02:00:00Z', sundays)).toBe(false);
    expect(isOpen('2026-03-29T00:59:59Z', sundays)).toBe(false);
    expect(isOpen('2026-03-29T01:00:00Z', sundays)).toBe(false);
  });

  it('are by the clocks of their zone, also where the day is another one', () => {
    const auckland = { timeZone: 'Pacific/Auckland' };
    expect(localMoment('Pacific/Auckland', Date.parse('2026-03-01T21:00:00Z'))).toEqual({
      weekday: 'mon',
      date: '2026-03-02',
      time: '10:00',
    });
    expect(isOpen('2026-03-01T21:00:00Z', auckland)).toBe(true);
    expect(isOpen('2026-03-06T21:00:00Z', auckland)).toBe(false);
  });

  it('end on holidays, of one year or of each', () => {
    const holidays = [
      { date: '12-25', name: 'Christmas' },
      { date: '2026-04-03', name: 'Good Friday' },
    ];
    for (const at of ['2026-12-25T10:00:00Z', '2028-12-25T10:00:00Z', '2026-04-03T10:00:00Z']) {
      expect(isOpen(at, { holidays })).toBe(false);
    }
    expect(isOpen('2028-04-03T10:00:00Z', { holidays })).toBe(true);
    // By the zone it is the 26th already.
    expect(isOpen('2025-12-25T21:00:00Z', { holidays, timeZone: 'Pacific/Auckland' })).toBe(true);
  });

  it('go on to the end of the day, and several intervals of one day count', () => {
    const week = [
      { days: ['mon'] as const, from: '22:00', to: '24:00' },
      { days: ['mon', 'tue'] as const, from: '00:00', to: '06:00' },
    ];
    expect(isOpen('2026-03-02T23:59:59Z', { week })).toBe(true);
    expect(isOpen('2026-03-03T05:59:00Z', { week })).toBe(true);
    expect(isOpen('2026-03-03T06:00:00Z', { week })).toBe(false);
  });
});
