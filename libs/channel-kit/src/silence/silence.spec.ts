import { describe, expect, it } from '@jest/globals';
import { isBusinessTime, isTooLong, silenceAfter, type ConnectionSilence } from './silence.js';

const MINUTE_MS = 60_000;
const ZONE = 'Europe/Lisbon';
const limit = { connection: 'twilio/main', hours: 2 };

/** An event at one moment, then a look in each minute until another; pairs between which nobody looked are left out. */
function silenceOver(heardAt: string, until: string, ...away: (readonly [string, string])[]): ConnectionSilence {
  const at = new Date(heardAt);
  const heard = { connection: 'twilio/main', delivery: '0197a3c2-5d1e-7c3a-9f00-3b1c55aa0001', at };
  let silence = silenceAfter(null, heard, { now: at, timeZone: ZONE });
  for (let now = at.getTime() + MINUTE_MS; now <= Date.parse(until); now += MINUTE_MS) {
    if (!away.some(([from, to]) => now > Date.parse(from) && now < Date.parse(to))) {
      silence = silenceAfter(silence, null, { now: new Date(now), timeZone: ZONE });
    }
  }
  return silence!;
}
const minutes = ({ silentMs }: ConnectionSilence) => silentMs / MINUTE_MS;

describe('the silence of a connection', () => {
  it('F26 is too long after so many business hours', () => {
    const almost = silenceOver('2026-03-03T10:00:00Z', '2026-03-03T11:59:00Z');
    expect([minutes(almost), isTooLong(almost, limit)]).toEqual([119, false]);
    expect(isTooLong(silenceOver('2026-03-03T10:00:00Z', '2026-03-03T12:00:00Z'), limit)).toBe(true);
  });

  it('does not grow by night and at weekends', () => {
    expect(minutes(silenceOver('2026-03-03T17:30:00Z', '2026-03-04T09:20:00Z'))).toBe(29 + 21);
    const friday = '2026-03-06T17:30:00Z';
    expect(minutes(silenceOver(friday, '2026-03-09T08:59:00Z'))).toBe(29);
  });

  it('does not grow while nobody listened: that silence was ours', () => {
    const away = ['2026-03-03T11:00:00Z', '2026-03-03T15:00:00Z'] as const;
    expect(minutes(silenceOver('2026-03-03T10:30:00Z', '2026-03-03T15:20:00Z', away))).toBe(30 + 20);
  });

  it('begins with the first event, and anew with each', () => {
    expect(silenceAfter(null, null, { now: new Date(), timeZone: ZONE })).toBeNull();
    const told = { ...silenceOver('2026-03-03T10:00:00Z', '2026-03-03T13:00:00Z'), isTold: true };
    const at = new Date('2026-03-03T13:00:30Z');
    const heard = { connection: 'twilio/main', delivery: '0197a3c2-5d1e-7c3a-9f00-3b1c55aa0002', at };
    const look = { now: new Date('2026-03-03T13:01:00Z'), timeZone: ZONE };
    expect(silenceAfter(told, heard, look)).toMatchObject({ silentMs: 0, isTold: false, lastEventAt: at });
  });

  it('is counted once by two who look, also when their clocks differ', () => {
    const silence = silenceOver('2026-03-03T10:00:00Z', '2026-03-03T11:00:00Z');
    const late = silenceAfter(silence, null, { now: new Date('2026-03-03T10:59:30Z'), timeZone: ZONE })!;
    expect(late).toEqual(silence);
  });
});

describe('business time', () => {
  it.each([
    ['2026-03-03T08:59:59Z', 'Europe/Lisbon', false],
    ['2026-03-03T09:00:00Z', 'Europe/Lisbon', true],
    ['2026-03-03T17:59:59Z', 'Europe/Lisbon', true],
    ['2026-03-03T18:00:00Z', 'Europe/Lisbon', false],
    ['2026-03-03T00:30:00Z', 'Asia/Tokyo', true],
    ['2026-03-06T23:00:00Z', 'Pacific/Auckland', false],
    ['2026-03-08T10:00:00Z', 'Europe/Lisbon', false],
    ['2026-07-01T08:00:00Z', 'Europe/Lisbon', true],
  ])('%s in %s: %s', (moment, zone, isSo) => {
    expect(isBusinessTime(new Date(moment), zone)).toBe(isSo);
  });
});
