import { Worker } from 'node:worker_threads';
import { compiledFile, errorMessage, pause } from '#libs/runtime';
import { CANDIDATE, type LeaderState, STOPPED, troubled } from '../leadership.js';
import type { RelayMetrics, SearchMetrics } from '../metrics.js';
import { STOP, type RelayReport, type RelaySettings } from './relay-protocol.js';

export interface RelayThreadOptions {
  readonly settings: RelaySettings;
  readonly metrics: RelayMetrics & SearchMetrics;
  /** Told when the thread ended although nobody had stopped it; it is started again. */
  readonly onFailure: (reason: string) => void;
}

const RESTART_AFTER_MS = 1000;

/**
 * Keeps the relay's thread running until it is stopped. No `WorkerThread` of the runtime: nobody asks this one anything, it
 * works by itself and keeps the process alive.
 */
export class RelayThread {
  #state = CANDIDATE;
  #search = CANDIDATE;
  /** How the last thread ended, until that is over. */
  #ended: LeaderState | null = null;
  #worker: Worker | null = null;
  #running: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();

  constructor(private readonly options: RelayThreadOptions) {}

  current(): LeaderState {
    return this.#state;
  }

  currentSearch(): LeaderState {
    return this.#search;
  }

  start(): void {
    this.#running = this.#keepRunning();
  }

  /** Lets the relay end the portion in hand. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#worker?.postMessage(STOP);
    await this.#running;
    this.#state = STOPPED;
    this.#search = STOPPED;
  }

  async #keepRunning(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const reason = await this.#runOnce();
      if (!signal.aborted) {
        this.#ended = troubled(this.#state, reason, Date.now());
        this.#state = this.#ended;
        this.options.onFailure(reason);
        await pause(RESTART_AFTER_MS, signal);
      }
    }
  }

  /** Resolves with the reason when the thread has ended. */
  #runOnce(): Promise<string> {
    return new Promise((resolve) => {
      const worker = new Worker(compiledFile('./relay-worker.js', import.meta.url), {
        workerData: this.options.settings,
      });
      let reason = 'the thread ended';
      worker.on('message', (report: RelayReport) => this.#hear(report));
      worker.on('error', (error) => (reason = errorMessage(error)));
      worker.on('exit', () => {
        this.#worker = null;
        resolve(reason);
      });
      this.#worker = worker;
    });
  }

  #hear(report: RelayReport): void {
    const { state, search, published, waiting, oldestSeconds, unsent, unsearchable, searchLagSeconds } = report;
    const { metrics } = this.options;
    this.#ended = hasMended(state) ? null : this.#ended;
    this.#state = reported(this.#ended, state);
    this.#search = search;
    metrics.published.inc(published);
    metrics.waiting.set(waiting);
    metrics.oldestSeconds.set(oldestSeconds);
    metrics.unsent.set(unsent);
    metrics.unsearchable.set(unsearchable);
    metrics.searchLagSeconds.set(searchLagSeconds);
  }
}

/**
 * What a thread says of itself, beside how the one before it ended: of that it knows nothing, and it lasts until the thread gets
 * on or somebody else leads.
 */
export function reported(ended: LeaderState | null, said: LeaderState): LeaderState {
  const before = ended?.trouble ?? null;
  if (before === null || hasMended(said)) {
    return said;
  }
  return { ...said, trouble: { since: before.since, reason: said.trouble?.reason ?? before.reason } };
}

function hasMended({ role, hasProgressed }: LeaderState): boolean {
  return hasProgressed || role === 'standby';
}
