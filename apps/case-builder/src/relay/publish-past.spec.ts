import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OutboxRecord } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, DEAD_LETTER_TOPIC } from '#libs/interaction';
import { RecordTooLarge, recordSize } from '#libs/messaging';
import { publishPast } from './publish-past.js';

const record = (topic: string, value: string): OutboxRecord => ({ topic, key: 'k', value, headers: {} });
const said = (records: readonly OutboxRecord[]) => records.map(({ value }) => value?.toString());

/** A log that refuses a publish as soon as one of its records is larger than this, and takes nothing of it. */
function aLog(allowed: number, refuse: (bytes: number) => Error) {
  const taken: OutboxRecord[] = [];
  let tries = 0;
  const publish = async (records: readonly OutboxRecord[]) => {
    tries += 1;
    const bytes = Math.max(...records.map(recordSize));
    if (bytes > allowed) {
      throw refuse(bytes);
    }
    taken.push(...records);
  };
  return { taken, publish, tries: () => tries };
}

const unmeasured = () => RecordTooLarge.refused([DEAD_LETTER_TOPIC], new Error('MESSAGE_TOO_LARGE'));
const measured = (allowed: number) => (bytes: number) => RecordTooLarge.measured(DEAD_LETTER_TOPIC, bytes, allowed);

describe('publishing past records that are too large', () => {
  it('publishes all others once and in order, and returns these in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 40 }), async (fits) => {
        const records = fits.map((one, index) => record(CASE_EVENTS_TOPIC, `${index} ${one ? '' : 'x'.repeat(200)}`));
        const log = aLog(100, unmeasured);
        const unsent = await publishPast(records, log.publish);
        expect(log.taken).toEqual(records.filter((_unused, index) => fits[index]));
        expect(unsent.map((one) => one.record)).toEqual(records.filter((_unused, index) => !fits[index]));
      }),
    );
  });

  it('finds one among many in few tries', async () => {
    const records = Array.from({ length: 500 }, (_unused, index) => record(CASE_EVENTS_TOPIC, String(index)));
    const log = aLog(100, unmeasured);
    const unsent = await publishPast(records.with(311, record(CASE_EVENTS_TOPIC, 'x'.repeat(200))), log.publish);
    expect(unsent).toHaveLength(1);
    expect(log.tries()).toBeLessThan(25);
  });

  it('gets through where all that went together was too much, and no record alone is', async () => {
    const taken: OutboxRecord[] = [];
    const publish = async (records: readonly OutboxRecord[]) => {
      if (records.length > 3) {
        throw unmeasured();
      }
      taken.push(...records);
    };
    const records = Array.from({ length: 50 }, (_unused, index) => record(CASE_EVENTS_TOPIC, String(index)));
    expect(await publishPast(records, publish)).toEqual([]);
    expect(taken).toEqual(records);
  });

  it.each([
    ['by what it has too much', measured(1_000), 500],
    ['by halves where nobody says how much that is', unmeasured, 400],
  ])('cuts a dead letter %s', async (_how, refuse, least) => {
    const log = aLog(1_000, refuse);
    const letter = record(DEAD_LETTER_TOPIC, 'é'.repeat(3_000));
    expect(await publishPast([letter, record(CASE_EVENTS_TOPIC, 'behind')], log.publish)).toEqual([]);
    const [first = '', behind] = said(log.taken);
    expect(behind).toBe('behind');
    expect(first).toMatch(/^é+$/u);
    expect(Buffer.byteLength(first)).toBeGreaterThan(least);
    expect(log.taken[0]?.headers).toEqual({
      'dlq.value': 'cut: too large, whole in dead_letter',
      'dlq.original.value-bytes': '6000',
    });
  });

  it.each([
    ['said', measured(200)],
    ['not said', unmeasured],
  ])(
    'keeps a dead letter as it is where its headers alone are too large, what is allowed is %s',
    async (_how, refuse) => {
      const letter = { ...record(DEAD_LETTER_TOPIC, 'whole'), headers: { from: 'x'.repeat(300) } };
      const log = aLog(200, refuse);
      expect(await publishPast([letter], log.publish)).toMatchObject([{ record: letter }]);
      expect(log.taken).toEqual([]);
    },
  );

  it('passes by nothing when the log fails', async () => {
    const publish = () => Promise.reject(new Error('no connection'));
    await expect(publishPast([record(CASE_EVENTS_TOPIC, '1')], publish)).rejects.toThrow('no connection');
  });
});
