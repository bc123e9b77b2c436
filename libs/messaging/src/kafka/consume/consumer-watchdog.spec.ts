import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import kafkajs, { type Consumer } from 'kafkajs';

import { watchConsumer } from './consumer-watchdog.js';

/** A consumer that never connects; its events are what counts here. */
function idleConsumer(): { consumer: Consumer; emit: () => void } {
  const kafka = new kafkajs.Kafka({ brokers: ['127.0.0.1:1'], logLevel: kafkajs.logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: 'watched' });
  const listeners: (() => void)[] = [];
  const on = ((_event: string, listener: () => void) => {
    listeners.push(listener);
    return () => undefined;
  }) as unknown as Consumer['on'];
  return { consumer: { ...consumer, on }, emit: () => listeners[0]?.() };
}

// A clock of its own: on the real one a busy machine is late.
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());
const sleep = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

describe('consumer watchdog', () => {
  it('barks once when nothing is heard', async () => {
    const silences: number[] = [];
    const watchdog = watchConsumer(
      idleConsumer().consumer,
      () => 40,
      (silent) => silences.push(silent),
    );
    await sleep(150);
    watchdog.end();
    expect(silences).toHaveLength(1);
    expect(silences[0]).toBeGreaterThan(40);
  });

  it('is quiet while the consumer gives signs, of whatever kind', async () => {
    const { consumer, emit } = idleConsumer();
    let barked = false;
    const watchdog = watchConsumer(
      consumer,
      () => 60,
      () => (barked = true),
    );
    for (let round = 0; round < 10; round += 1) {
      await sleep(15);
      (round % 2 ? emit : watchdog.sign)();
    }
    watchdog.end();
    expect(barked).toBe(false);
  });

  it('is quiet after it was ended', async () => {
    let barked = false;
    watchConsumer(
      idleConsumer().consumer,
      () => 20,
      () => (barked = true),
    ).end();
    await sleep(60);
    expect(barked).toBe(false);
  });
});
