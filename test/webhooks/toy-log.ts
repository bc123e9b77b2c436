import type { OutgoingRecord } from '#libs/messaging';
import type { TakingLog } from './serve-webhooks.js';

/** A log in memory that can be stopped and told to wait. */
export interface ToyLog extends TakingLog {
  readonly records: OutgoingRecord[];
  /** What publishing comes to from here on: `takes`, `fails`, or `waits` until `go` is called. */
  become(mood: 'takes' | 'fails' | 'waits'): void;
  /** Lets everything that waits become durable. */
  go(): void;
  /** How many publishes wait. */
  waiting(): number;
}

export function toyLog(): ToyLog {
  const records: OutgoingRecord[] = [];
  let mood: 'takes' | 'fails' | 'waits' = 'takes';
  let waiting: (() => void)[] = [];
  return {
    records,
    become: (next) => void (mood = next),
    go() {
      const ready = waiting;
      waiting = [];
      ready.forEach((resolve) => resolve());
    },
    waiting: () => waiting.length,
    async publish(published) {
      if (mood === 'fails') {
        throw new Error('the broker is gone');
      }
      if (mood === 'waits') {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      records.push(...published);
    },
    check: async () => ({ ok: true }),
  };
}
