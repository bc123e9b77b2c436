import { expect, it } from '@jest/globals';
import { runTimers, type Timer } from './run-timers.js';

const timer = (name: string, run: Timer['run']): Timer => ({ name, everyMs: 60_000, run });

it('names the timer that failed, and calls no round progress in which one did', async () => {
  let rounds = 0;
  const broken = timer('auto-close', () => Promise.reject(new Error('no disk')));
  const running = runTimers(
    [timer('sign-of-life', async () => undefined), broken],
    new AbortController().signal,
    () => {
      rounds += 1;
    },
  );
  await expect(running).rejects.toThrow('auto-close: no disk');
  expect(rounds).toBe(0);
});

it('calls a round progress when all that was due went well', async () => {
  const stopping = new AbortController();
  let rounds = 0;
  await runTimers([timer('sign-of-life', async () => undefined)], stopping.signal, () => {
    rounds += 1;
    stopping.abort();
  });
  expect(rounds).toBe(1);
});
