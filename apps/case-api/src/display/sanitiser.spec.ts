import { afterAll, describe, expect, it } from '@jest/globals';
import { Sanitiser } from './sanitiser.js';

/** Attributes by the hundred thousand on one element cost far more than their size. */
const SLOW = `<p style="${'color:red;'.repeat(150_000)}">x</p>`.repeat(4);
const request = (html: string) => ({ html, partByContentId: {} });

describe('the sanitiser', () => {
  const sanitiser = new Sanitiser({ timeLimitMs: 500, mostWaiting: 2 });
  afterAll(() => sanitiser.close());

  it('ends what takes too long, and goes on with the next', async () => {
    const slow = sanitiser.sanitise(request(SLOW));
    const next = sanitiser.sanitise(request('<p>next</p>'));
    expect(await slow).toEqual({ ok: false, reason: 'timeout' });
    expect(await next).toMatchObject({ ok: true, sanitised: { html: '<p>next</p>' } });
  });

  it('lets only so many wait', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => sanitiser.sanitise(request('<p>x</p>'))));
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.reason))).toEqual(['ok', 'ok', 'ok', 'busy']);
  });

  it('closed, it says so', async () => {
    const closed = new Sanitiser({ timeLimitMs: 200, mostWaiting: 2 });
    const waiting = closed.sanitise(request('<p>x</p>'));
    await closed.close();
    expect(await waiting).toEqual({ ok: false, reason: 'failed' });
    expect(await closed.sanitise(request('<p>x</p>'))).toEqual({ ok: false, reason: 'failed' });
  });
});
