import { expect, it } from '@jest/globals';
import { OutboxWatch } from './outbox-watch.js';

const SECOND = 1_000;

it('finds an outbox whose oldest row stays for a minute, until it goes', () => {
  const watch = new OutboxWatch();
  const see = (id: string, ageSeconds: number, second: number) => watch.see({ id, ageSeconds }, second * SECOND);
  expect(see('1', 100, 0)).toEqual({ ok: true });
  expect(see('1', 159, 59)).toEqual({ ok: true });
  expect(see('1', 160, 60)).toEqual({
    ok: false,
    reason: 'its oldest row waits for 160 s, and nothing of it has moved since 1970-01-01T00:00:00.000Z at least',
  });
  expect(see('2', 150, 61)).toEqual({ ok: true });
  expect(see('2', 211, 122).ok).toBe(false);
  expect(watch.see(null, 123 * SECOND)).toEqual({ ok: true });
  expect(see('3', 1, 124)).toEqual({ ok: true });
});

it('says nothing of a long backlog that moves', () => {
  const watch = new OutboxWatch();
  for (let second = 0; second < 600; second += 10) {
    expect(watch.see({ id: String(second), ageSeconds: 500 }, second * SECOND)).toEqual({ ok: true });
  }
});
