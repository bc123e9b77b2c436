import { afterAll, describe, expect, it } from '@jest/globals';
import { Sanitiser, type SanitiserSettings } from './sanitiser.js';

/** As much as is read of it: many times what the limit below has room for, which is many times what a word takes. */
const SLOW = '<b style="color:red">x</b>'.repeat(80_000);
const request = (html: string) => ({ html, partByContentId: {} });
const opened: Sanitiser[] = [];
const SETTINGS = { threads: 2, timeLimitMs: 2_000, mostWaiting: 2, waitLimitMs: 30_000 };

function aSanitiser(told: Partial<SanitiserSettings> = {}): Sanitiser {
  const sanitiser = new Sanitiser({ ...SETTINGS, ...told });
  opened.push(sanitiser);
  return sanitiser;
}
afterAll(() => Promise.all(opened.map((each) => each.close())));

const reasons = (answers: Awaited<ReturnType<Sanitiser['sanitise']>>[]) =>
  answers.map((answer) => (answer.ok ? 'ok' : answer.reason));

describe('the sanitiser', () => {
  it('ends what takes too long, and goes on with the next', async () => {
    const sanitiser = aSanitiser({ threads: 1, timeLimitMs: 100 });
    const slow = sanitiser.sanitise(request(SLOW));
    const next = sanitiser.sanitise(request('next'));
    expect(await slow).toEqual({ ok: false, reason: 'timeout' });
    expect(await next).toMatchObject({ ok: true, sanitised: { html: 'next' } });
  });

  it.each([
    ['letters', 'a'.repeat(190)],
    ['colours', '#aaa'.repeat(48)],
    ['digits', '1'.repeat(190)],
    ['spaces', ' '.repeat(190)],
  ])('is done at once with 200 crafted characters of style: %s', async (_, value) => {
    const sanitiser = aSanitiser();
    const properties = ['border', 'padding', 'font-family', 'color'].map((name) => `${name}:${value}!`);
    for (const style of properties) {
      const answer = await sanitiser.sanitise(request(`<p style="${style}">x</p>`));
      expect(answer).toMatchObject({ ok: true, sanitised: { html: '<p>x</p>' } });
    }
  });

  it('gives up what nests without end, and its thread goes on', async () => {
    const sanitiser = aSanitiser({ threads: 1 });
    const answers = await Promise.all([request('<b>'.repeat(150_000)), request('x')].map((r) => sanitiser.sanitise(r)));
    expect(reasons(answers)).toEqual(['failed', 'ok']);
  });

  it('lets only so many wait', async () => {
    const sanitiser = aSanitiser();
    const answers = await Promise.all(Array.from({ length: 5 }, () => sanitiser.sanitise(request('<p>x</p>'))));
    expect(reasons(answers)).toEqual(['ok', 'ok', 'ok', 'ok', 'busy']);
  });

  it('closed, it says so', async () => {
    const closed = aSanitiser();
    const waiting = closed.sanitise(request('<p>x</p>'));
    await closed.close();
    expect(await waiting).toEqual({ ok: false, reason: 'failed' });
    expect(await closed.sanitise(request('<p>x</p>'))).toEqual({ ok: false, reason: 'failed' });
  });
});
