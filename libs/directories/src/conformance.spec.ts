import { describe, expect, it } from '@jest/globals';
import { checkContactFact, checkInteraction } from '#libs/interaction';
import { redacted } from '#libs/webhook';
import { NOW, readOf, sentBy, subjectOf, toldBy, WAYS } from './testing/senders.js';

describe.each(WAYS)('the directory %s', (way) => {
  const { directory, connection } = subjectOf(way);

  it('believes its vendor', () => {
    expect(directory.verify(sentBy(way), connection)).toMatchObject({ verified: true });
  });

  it('reads what its vendor tells, in the form of the contract', () => {
    const told = toldBy(way);
    expect(told.length).toBeGreaterThan(0);
    for (const one of told) {
      expect('origin' in one ? checkContactFact(one) : checkInteraction(one)).toMatchObject({ ok: true });
    }
  });

  it('names a repetition as before, an hour later too', () => {
    const ids = (receivedAt: number) =>
      toldBy(way, undefined, { receivedAt: new Date(receivedAt).toISOString() }).map(({ id }) => id);
    expect(ids(NOW + 3_600_000)).toEqual(ids(NOW));
    expect(new Set(ids(NOW)).size).toBe(ids(NOW).length);
  });

  it('keeps secrets out of what it tells', () => {
    const request = sentBy(way);
    const read = readOf(way, request);
    const kept = JSON.stringify([read, redacted(read, directory.secrets)]);
    for (const secret of [
      'a segment of the address',
      'the client secret',
      'a password of sixteen',
      'nobodys-business',
    ]) {
      expect(kept).not.toContain(secret);
    }
  });

  it('never throws, whatever is in a request', () => {
    const bodies = [
      '',
      '{}',
      '[]',
      '[null]',
      'null',
      '1',
      '{"events":[null,1]}',
      '{"meta":{"action":[]}}',
      '<a/>',
      '{"__proto__":1}',
    ];
    for (const body of bodies) {
      for (const type of ['application/json', 'text/xml', 'application/x-www-form-urlencoded']) {
        const request = { body: Buffer.from(body), rawHeaders: ['content-type', type] };
        expect(() => readOf(way, request)).not.toThrow();
        expect(directory.verify({ ...request, target: '//', receivedAt: Number.NaN }, connection).verified).toBe(false);
      }
    }
  });
});
