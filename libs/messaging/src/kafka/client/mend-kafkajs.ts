import { createRequire } from 'node:module';

interface ClusterClass {
  readonly prototype: { findGroupCoordinatorMetadata: (question: unknown) => Promise<unknown> };
}

interface RequestQueue {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
}

interface RequestQueueClass {
  readonly prototype: { scheduleCheckPendingRequests: (this: RequestQueue) => void };
}

const load = createRequire(import.meta.url);
let isMended = false;

/** Mends, once in a process, what makes kafkajs 2.2.4 end a consumer or burn a core. */
export function mendKafkajs(): void {
  if (!isMended) {
    isMended = true;
    quietRequestQueue();
    patientCoordinatorSearch();
  }
}

/**
 * kafkajs 2.2.4 ends a consumer for good when the connections break just while it asks who coordinates its group: it
 * takes an answer that nobody gave for one that will never come. Marked as what it is, a failure that passes, it makes
 * the consumer start again like after any other lost connection.
 */
function patientCoordinatorSearch(): void {
  const { prototype } = load('kafkajs/src/cluster') as ClusterClass;
  const find = prototype.findGroupCoordinatorMetadata;
  prototype.findGroupCoordinatorMetadata = async function findPatiently(question) {
    try {
      return await find.call(this, question);
    } catch (error) {
      throw error instanceof Error && error.name === 'KafkaJSGroupCoordinatorNotFound'
        ? Object.assign(error, { retriable: true })
        : error;
    }
  };
}

/**
 * kafkajs 2.2.4 starts a timer per connection that fires each millisecond for ever, because it schedules the next
 * check of its waiting requests even when nothing waits and nothing is throttled (4 % of a core when idle, and a
 * warning on Node 24). Requests that wait are also looked at whenever one is answered, so the idle check is not needed.
 */
function quietRequestQueue(): void {
  const { prototype } = load('kafkajs/src/network/requestQueue') as RequestQueueClass;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWhenNeeded(this: RequestQueue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) {
      schedule.call(this);
    }
  };
}
