import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { announcementsOf, type News } from './announcements.js';

const news = fc.array(
  fc.record({
    interactionId: fc.uuid(),
    events: fc.array(fc.record({ caseId: fc.uuid(), seq: fc.nat() }), { maxLength: 3 }),
    bytes: fc.nat(900_000),
  }),
);

describe('announcementsOf', () => {
  it('keeps everything, in order, however it is packed', () => {
    fc.assert(
      fc.property(news, (given: News[]) => {
        const packed = announcementsOf(given, []);
        expect(packed.flatMap((one) => one.interactionIds)).toEqual(given.map((one) => one.interactionId));
        expect(packed.flatMap((one) => one.events)).toEqual(given.flatMap((one) => one.events));
      }),
    );
  });

  it('never packs more than the relay may hold, unless one alone is more', () => {
    fc.assert(
      fc.property(news, (given: News[]) => {
        const packed = announcementsOf(given, []);
        expect(packed.every((one) => one.bytes <= 4 * 1024 * 1024 || one.interactionIds.length === 1)).toBe(true);
      }),
    );
  });

  it('is one for a batch of ordinary mails, and none for nothing', () => {
    const mails = Array.from({ length: 500 }, (_, index) => ({ interactionId: `${index}`, events: [], bytes: 2000 }));
    expect(announcementsOf(mails, [])).toHaveLength(1);
    expect(announcementsOf([], [])).toEqual([]);
  });
});
