import type { Pool } from 'pg';
import { CALL_FOLD, type FoldKind, VOICEMAIL_FOLD } from '#libs/case-domain';
import { type LedgerDependencies, openLedger } from '#libs/case-ledger';
import { AccountDirectory } from '#libs/case-store';
import { CASE_BUILDER_GROUP, INTERACTION_TOPICS } from '#libs/interaction';
import { createBreaker, type Consumption, type EventLog, type OutgoingRecord } from '#libs/messaging';
import { Metrics } from '#libs/runtime';
import { handleBatch, type BatchDependencies } from '../../apps/case-builder/src/batch/handle-batch.js';
import { Leadership, LEADERS } from '../../apps/case-builder/src/leadership.js';
import { batchMetrics, relayMetrics } from '../../apps/case-builder/src/metrics.js';
import { type RelayDependencies, relayOutbox } from '../../apps/case-builder/src/relay/outbox-relay.js';
import { PublishPace } from '../../apps/case-builder/src/relay/publish-pace.js';
import { closeDueCases } from '../../apps/case-builder/src/timers/auto-close.js';
import { settleDueInteractions } from '../../apps/case-builder/src/timers/due-interactions.js';

/** The parts of case-builder, one by one, so that a scenario can stop one of them; the clock is the scenario's. */
export interface Builder {
  startConsumer(): Promise<void>;
  stopConsumer(): Promise<void>;
  startRelay(): void;
  stopRelay(): Promise<void>;
  /** One run of the auto-close timer; returns how many cases it closed. */
  closeDue(): Promise<number>;
  /** One run of what time makes of calls and voicemails; returns of how many something became. */
  passTime(): Promise<number>;
  stop(): Promise<void>;
}

export function makeBuilder(pool: Pool, log: EventLog, now: () => Date): Builder {
  const registry = new Metrics();
  const folds = [CALL_FOLD, VOICEMAIL_FOLD];
  const ledger = openLedger(pool, registry, { directory: new AccountDirectory(0), now });
  const dependencies: BatchDependencies = {
    ledger,
    folds,
    owner: 'e2e',
    breaker: createBreaker(),
    metrics: batchMetrics(registry),
  };
  const relaying = relayingTo(log, registry);
  let consumption: Consumption | null = null;
  let relay: Leadership | null = null;
  const builder: Builder = {
    async startConsumer() {
      consumption = await log.consume({
        group: CASE_BUILDER_GROUP,
        topics: INTERACTION_TOPICS,
        handle: (batch, context) => handleBatch(dependencies, batch, context),
      });
    },
    async stopConsumer() {
      await consumption?.stop();
      consumption = null;
    },
    startRelay() {
      relay = new Leadership({
        pool,
        lock: LEADERS.relay,
        work: (client, signal) => relayOutbox(relaying, client, signal),
        onFailure: () => undefined,
      });
      relay.start();
    },
    async stopRelay() {
      await relay?.stop();
      relay = null;
    },
    passTime: () => passTime(ledger, folds, now()),
    closeDue: () => closeDueCases(ledger, new AbortController().signal),
    async stop() {
      await builder.stopConsumer();
      await builder.stopRelay();
    },
  };
  return builder;
}

function relayingTo(log: EventLog, registry: Metrics): RelayDependencies {
  return {
    publish: (records: readonly OutgoingRecord[]) => log.publish(records),
    metrics: relayMetrics(registry),
    pace: new PublishPace(),
  };
}

async function passTime(ledger: LedgerDependencies, folds: readonly FoldKind[], now: Date): Promise<number> {
  const due = { ledger, folds, breaker: createBreaker(), onPostponed: rethrow };
  const { settled } = await settleDueInteractions(due, now.toISOString(), new AbortController().signal);
  return settled;
}

/** In a scenario nothing may fail that time brings about. */
function rethrow(_interactionId: string, error: Error): never {
  throw error;
}
