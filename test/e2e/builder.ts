import type { Pool } from 'pg';
import { CALL_FOLD, type FoldKind, VOICEMAIL_FOLD } from '#libs/case-domain';
import { type LedgerDependencies, openLedger } from '#libs/case-ledger';
import { AccountDirectory, deleteWakes, readWakes } from '#libs/case-store';
import { CASE_BUILDER_GROUP, INTERACTION_TOPICS } from '#libs/interaction';
import {
  createBreaker,
  createWitnesses,
  type Consumption,
  type EventLog,
  type OutgoingRecord,
  silentLogger,
} from '#libs/messaging';
import { Metrics } from '#libs/runtime';
import { answerWakes } from '../../apps/case-builder/src/assignment/give-waiting.js';
import { handleBatch, type BatchDependencies } from '../../apps/case-builder/src/batch/handle-batch.js';
import { Leadership, LEADERS } from '../../apps/case-builder/src/leadership.js';
import { batchMetrics, relayMetrics } from '../../apps/case-builder/src/metrics.js';
import { type RelayDependencies, relayOutbox } from '../../apps/case-builder/src/relay/outbox-relay.js';
import { PublishPace } from '../../apps/case-builder/src/relay/publish-pace.js';
import { eraseContacts } from '../../apps/case-builder/src/erasure/erase-contacts.js';
import { closeDueCases } from '../../apps/case-builder/src/timers/auto-close.js';
import { reconsiderCases, reconsidering } from '../../apps/case-builder/src/timers/reconsider-cases.js';
import { settleDueInteractions } from '../../apps/case-builder/src/timers/due-interactions.js';

/** The parts of case-builder, one by one, so that a scenario can stop one of them; the clock is the scenario's. */
export interface Builder {
  readonly pool: Pool;
  startConsumer(): Promise<void>;
  stopConsumer(): Promise<void>;
  startRelay(): void;
  stopRelay(): Promise<void>;
  /** One run of the auto-close timer; returns how many cases it closed. */
  closeDue(): Promise<number>;
  /** One run of what time makes of calls and voicemails; returns of how many something became. */
  passTime(): Promise<number>;
  /** One look at cases that may mean somebody else by now; returns how many it looked at. */
  reconsider(): Promise<number>;
  /** One look at what cases that wait were woken by; returns how many found somebody. */
  giveWaiting(): Promise<number>;
  /** Carries out the requests for erasure, as far as they go now; returns how many ended. */
  erase(): Promise<number>;
  stop(): Promise<void>;
}

export function makeBuilder(pool: Pool, log: EventLog, now: () => Date): Builder {
  const registry = new Metrics();
  const folds = [CALL_FOLD, VOICEMAIL_FOLD];
  const ledger = openLedger(pool, registry, { directory: new AccountDirectory(0), now });
  const guards = { breaker: createBreaker(), witnesses: createWitnesses() };
  const dependencies: BatchDependencies = { ledger, folds, owner: 'e2e', ...guards, metrics: batchMetrics(registry) };
  const relaying = relayingTo(log, registry);
  let consumption: Consumption | null = null;
  let relay: Leadership | null = null;
  const builder: Builder = {
    pool,
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
        work: (client, signal, progress) => relayOutbox(relaying, client, signal, progress),
        onFailure: () => undefined,
      });
      relay.start();
    },
    async stopRelay() {
      await relay?.stop();
      relay = null;
    },
    passTime: () => passTime(ledger, folds, now()),
    reconsider: () => reconsiderCases(reconsidering(ledger, silentLogger), new AbortController().signal),
    giveWaiting: () => giveWaiting(ledger),
    erase: () => eraseContacts(ledger, log, new AbortController().signal),
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
    onUnsent: ({ reason }) => rethrow('', new Error(reason)),
  };
}

async function passTime(ledger: LedgerDependencies, folds: readonly FoldKind[], now: Date): Promise<number> {
  const due = { ledger, folds, breaker: createBreaker(), onPostponed: rethrow };
  const { settled } = await settleDueInteractions(due, now.toISOString(), new AbortController().signal);
  return settled;
}

async function giveWaiting(ledger: LedgerDependencies): Promise<number> {
  const wakes = await readWakes(ledger.pool, 1000);
  const given = await answerWakes(ledger, wakes, new AbortController().signal);
  await deleteWakes(
    ledger.pool,
    wakes.map(({ id }) => id),
  );
  return given;
}

/** In a scenario nothing may fail that time brings about. */
function rethrow(_interactionId: string, error: Error): never {
  throw error;
}
