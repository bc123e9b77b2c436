import { Worker } from 'node:worker_threads';
import { compiledFile } from '#libs/runtime';
import type { SanitisedHtml } from './sanitise-html.js';
import { SANITISER_READY, type SanitiseRequest, type SanitiseResponse } from './sanitise-protocol.js';

/** `timeout`: it took too long. `busy`: too many wait. `failed`: the sanitiser gave up, or it was closed. */
export type SanitiseResult =
  | { readonly ok: true; readonly sanitised: SanitisedHtml }
  | { readonly ok: false; readonly reason: 'timeout' | 'busy' | 'failed' };

export interface SanitiserSettings {
  /** Milliseconds that one HTML may take before its worker is ended. */
  readonly timeLimitMs: number;
  /** Requests that may wait. */
  readonly mostWaiting: number;
}

interface Job {
  readonly request: SanitiseRequest;
  readonly settle: (result: SanitiseResult) => void;
}

const HEAP_MB = 256;

/**
 * Sanitises HTML in a worker thread of its own, one after another, so that hostile HTML costs nobody but the one who
 * asked for it. The worker starts with the first request and keeps no process alive.
 */
export class Sanitiser {
  readonly #waiting: Job[] = [];
  #worker: Worker | null = null;
  #ready = false;
  #running: Job | null = null;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly settings: SanitiserSettings) {}

  /** Never rejects. */
  sanitise(request: SanitiseRequest): Promise<SanitiseResult> {
    if (this.#closed) {
      return Promise.resolve({ ok: false, reason: 'failed' });
    }
    if (this.#waiting.length >= this.settings.mostWaiting) {
      return Promise.resolve({ ok: false, reason: 'busy' });
    }
    return new Promise((settle) => {
      this.#waiting.push({ request, settle });
      this.#next();
    });
  }

  /** Ends the worker; whoever waits is told that it failed. */
  async close(): Promise<void> {
    this.#closed = true;
    const unfinished = [...(this.#running === null ? [] : [this.#running]), ...this.#waiting.splice(0)];
    unfinished.forEach((job) => job.settle({ ok: false, reason: 'failed' }));
    this.#running = null;
    clearTimeout(this.#timer);
    await this.#worker?.terminate();
  }

  #next(): void {
    const worker = this.#worker ?? this.#start();
    if (!this.#ready || this.#running !== null) {
      return;
    }
    const job = this.#waiting.shift();
    if (job === undefined) {
      worker.unref();
      return;
    }
    worker.ref();
    this.#running = job;
    this.#timer = setTimeout(() => this.#replace(worker, 'timeout'), this.settings.timeLimitMs);
    worker.postMessage(job.request);
  }

  #start(): Worker {
    const worker = new Worker(compiledFile('./sanitise-worker.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    worker.on('message', (message: SanitiseResponse | typeof SANITISER_READY) => this.#hear(worker, message));
    worker.on('error', () => this.#replace(worker, 'failed'));
    worker.on('exit', () => this.#replace(worker, 'failed'));
    this.#worker = worker;
    this.#ready = false;
    return worker;
  }

  #hear(worker: Worker, message: SanitiseResponse | typeof SANITISER_READY): void {
    if (worker !== this.#worker) {
      return;
    }
    if (message === SANITISER_READY) {
      this.#ready = true;
    } else {
      this.#finish(message === null ? { ok: false, reason: 'failed' } : { ok: true, sanitised: message });
    }
    this.#next();
  }

  #replace(worker: Worker, reason: 'timeout' | 'failed'): void {
    if (worker !== this.#worker) {
      return;
    }
    const wasReady = this.#ready;
    this.#worker = null;
    this.#ready = false;
    void worker.terminate();
    this.#finish({ ok: false, reason });
    if (!wasReady) {
      // It cannot even start: nobody shall wait for another that cannot either.
      this.#waiting.splice(0).forEach((job) => job.settle({ ok: false, reason }));
    } else if (this.#waiting.length > 0) {
      this.#next();
    }
  }

  #finish(result: SanitiseResult): void {
    clearTimeout(this.#timer);
    const job = this.#running;
    this.#running = null;
    job?.settle(result);
  }
}
