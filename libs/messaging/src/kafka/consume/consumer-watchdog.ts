import type { Consumer } from 'kafkajs';

/** Tells a consumer whose loop stands still from one that waits for its brokers. */
export interface ConsumerWatchdog {
  /** The client did something, if only try to connect again. */
  sign(): void;
  end(): void;
}

/**
 * Calls `onSilence` once when nothing was heard for `limitMs()`.
 * Polls, heartbeats and answers count; so does each failed attempt, because a client that tries again is not dead.
 */
export function watchConsumer(
  consumer: Consumer,
  limitMs: () => number,
  onSilence: (silentMs: number) => void,
): ConsumerWatchdog {
  let last = performance.now();
  const sign = () => {
    last = performance.now();
  };
  const { FETCH_START, FETCH, HEARTBEAT, GROUP_JOIN, CONNECT, CRASH, REQUEST, REQUEST_TIMEOUT } = consumer.events;
  consumer.on(FETCH_START, sign);
  consumer.on(FETCH, sign);
  consumer.on(HEARTBEAT, sign);
  consumer.on(GROUP_JOIN, sign);
  consumer.on(CONNECT, sign);
  consumer.on(CRASH, sign);
  consumer.on(REQUEST, sign);
  consumer.on(REQUEST_TIMEOUT, sign);
  const timer = setInterval(() => {
    const silentMs = performance.now() - last;
    if (silentMs > limitMs()) {
      clearInterval(timer);
      onSilence(silentMs);
    }
  }, limitMs() / 10);
  timer.unref();
  return { sign, end: () => clearInterval(timer) };
}
