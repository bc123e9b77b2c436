import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
}

interface RequestQueueClass {
  readonly prototype: { scheduleCheckPendingRequests: (this: RequestQueue) => void };
}

let isQuiet = false;

/**
 * kafkajs 2.2.4 starts a timer per connection that fires each millisecond for ever, because it schedules the next
 * check of its waiting requests even when nothing waits and nothing is throttled (4 % of a core when idle, and a
 * warning on Node 24). Requests that wait are also looked at whenever one is answered, so the idle check is not needed.
 */
export function quietRequestQueue(): void {
  if (isQuiet) {
    return;
  }
  isQuiet = true;
  const load = createRequire(import.meta.url);
  const { prototype } = load('kafkajs/src/network/requestQueue') as RequestQueueClass;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWhenNeeded(this: RequestQueue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) {
      schedule.call(this);
    }
  };
}
