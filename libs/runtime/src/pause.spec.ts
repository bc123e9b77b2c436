import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { pause } from './pause.js';

const LONG_MS = 60_000;

describe('a pause', () => {
  it('ends with its time', async () => {
    const started = performance.now();
    await pause(30);
    expect(performance.now() - started).toBeGreaterThan(25);
  });

  it('ends when one of its signals aborts, and at once when one has', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const paused = pause(LONG_MS, first.signal, second.signal);
    second.abort();
    await paused;
    await pause(LONG_MS, first.signal, second.signal);
  });

  it('leaves no listener behind, however it ends', async () => {
    const [lasting, other] = [new AbortController(), new AbortController()];
    await pause(1, lasting.signal, other.signal);
    const paused = pause(LONG_MS, lasting.signal, other.signal);
    expect(getEventListeners(lasting.signal, 'abort')).toHaveLength(1);
    other.abort();
    await paused;
    expect(getEventListeners(lasting.signal, 'abort')).toEqual([]);
    expect(getEventListeners(other.signal, 'abort')).toEqual([]);
  });
});
