import { Worker } from 'node:worker_threads';
import { compiledFile } from '#libs/runtime';
import {
  WORKER_READY,
  type ParsedMail,
  type ParseInput,
  type ParseResponse,
  type ParseWorkerSettings,
} from './parse-protocol.js';
import { addTo, hasRoom, JOBS_PER_WORKER, removeFrom, type Job, type Slot } from './parse-slot.js';

export interface ParsePoolSettings extends ParseWorkerSettings {
  /** Worker threads at most; they start when they are needed. */
  readonly workers: number;
  /** Milliseconds that one mail may take before its worker is ended. */
  readonly timeLimitMs: number;
}

const WORKER_HEAP_MB = 256;
/** Reading a header costs next to nothing; hashing the body of a huge mail takes a second. */
const HEADER_ONLY_LIMIT_MS = 30_000;

/**
 * Parses mails in worker threads, within a time limit each. A thread that is given a mail's bytes stores them too.
 *
 * 1. A job goes to the worker with the least to do.
 * 2. When a job's time is up, or its worker dies, the worker is ended and each of its jobs runs again, alone.
 * 3. A job that fails alone is the culprit: of that mail only the header is read (`parse_timeout`, `parse_crashed`).
 *
 * No `WorkerThread` of the runtime: that one gives up what fails, this one finds the culprit and runs the others again, in
 * several threads that are filled by the sizes of their mails.
 *
 * `parse` rejects when the blob store failed, or when the pool was closed; never because of the mail.
 */
export class ParsePool {
  readonly #slots = new Set<Slot>();
  #queue: Job[] = [];
  #nextId = 0;
  #closed = false;

  constructor(private readonly settings: ParsePoolSettings) {}

  parse(input: ParseInput): Promise<ParsedMail> {
    if (this.#closed) {
      return Promise.reject(new Error('the parser is closed'));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ input, resolve, reject, suspect: false, headerOnlyFlag: null });
      this.#dispatch();
    });
  }

  /** Starts every worker before the first mail comes; resolves when they have loaded their modules. */
  async start(): Promise<void> {
    while (!this.#closed && this.#slots.size < this.settings.workers) {
      this.#start();
    }
    await Promise.all([...this.#slots].map((slot) => slot.loaded));
  }

  /** Mails that wait for a worker or are in one. */
  get pending(): number {
    return this.#queue.length + [...this.#slots].reduce((sum, slot) => sum + slot.jobs.size, 0);
  }

  /** Ends the workers; mails in work are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const slots = [...this.#slots];
    const unfinished = [...this.#queue, ...slots.flatMap((slot) => this.#empty(slot))];
    this.#queue = [];
    unfinished.forEach((job) => job.reject(new Error('the parser was closed')));
    await Promise.all(slots.map((slot) => slot.worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue[0] !== undefined) {
      const slot = this.#slotFor(this.#queue[0]);
      if (slot === null) {
        return;
      }
      this.#send(slot, this.#queue.shift() as Job);
    }
  }

  #slotFor(job: Job): Slot | null {
    let idlest: Slot | undefined;
    for (const slot of this.#slots) {
      if (hasRoom(slot, job) && (idlest === undefined || slot.jobs.size < idlest.jobs.size)) {
        idlest = slot;
      }
    }
    if (idlest !== undefined && (idlest.jobs.size < JOBS_PER_WORKER / 2 || this.#slots.size >= this.settings.workers)) {
      return idlest;
    }
    return this.#slots.size < this.settings.workers ? this.#start() : (idlest ?? null);
  }

  #start(): Slot {
    const worker = new Worker(compiledFile('./parse-worker.js', import.meta.url), {
      workerData: { blobAddress: this.settings.blobAddress } satisfies ParseWorkerSettings,
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
    });
    const loaded = new Promise<void>((resolve) => {
      worker.once('message', () => resolve());
      worker.once('exit', () => resolve());
    });
    const slot: Slot = { worker, loaded, jobs: new Map(), bytes: 0, suspect: false, outbox: [], ready: false };
    worker.on('message', (message: readonly ParseResponse[] | typeof WORKER_READY) => this.#hear(slot, message));
    worker.on('error', () => this.#retire(slot, 'parse_crashed'));
    worker.on('exit', () => this.#retire(slot, 'parse_crashed'));
    this.#slots.add(slot);
    return slot;
  }

  #send(slot: Slot, job: Job): void {
    const id = (this.#nextId += 1);
    // A worker in work keeps the process alive, an idle one does not.
    slot.worker.ref();
    addTo(slot, id, job, slot.ready ? this.#limit(slot, job) : undefined);
    slot.outbox.push({ id, input: job.input, headerOnlyFlag: job.headerOnlyFlag });
    if (slot.outbox.length === 1) {
      queueMicrotask(() => {
        slot.worker.postMessage(slot.outbox);
        slot.outbox = [];
      });
    }
  }

  #limit(slot: Slot, job: Job): NodeJS.Timeout {
    const limit = job.headerOnlyFlag === null ? this.settings.timeLimitMs : HEADER_ONLY_LIMIT_MS;
    return setTimeout(() => this.#retire(slot, 'parse_timeout'), limit);
  }

  #hear(slot: Slot, message: readonly ParseResponse[] | typeof WORKER_READY): void {
    if (message !== WORKER_READY) {
      message.forEach((response) => this.#finish(slot, response));
      this.#dispatch();
      return;
    }
    slot.ready = true;
    if (slot.jobs.size === 0) {
      slot.worker.unref();
    }
    for (const running of slot.jobs.values()) {
      running.timer = this.#limit(slot, running.job);
    }
  }

  #finish(slot: Slot, response: ParseResponse): void {
    const job = removeFrom(slot, response.id);
    if (slot.jobs.size === 0) {
      slot.worker.unref();
    }
    if (response.ok) {
      job?.resolve({ payload: response.payload, raw: response.raw });
    } else {
      job?.reject(new Error(response.error));
    }
  }

  #retire(slot: Slot, flag: string): void {
    if (!this.#slots.delete(slot)) {
      return;
    }
    const jobs = this.#empty(slot);
    void slot.worker.terminate();
    for (const job of jobs) {
      if (job.headerOnlyFlag !== null) {
        job.reject(new Error('the header of a mail could not be read in time'));
        continue;
      }
      job.headerOnlyFlag = job.suspect || jobs.length === 1 ? flag : null;
      job.suspect = true;
      this.#queue.unshift(job);
    }
    this.#dispatch();
  }

  #empty(slot: Slot): Job[] {
    return [...slot.jobs.keys()].flatMap((id) => removeFrom(slot, id) ?? []);
  }
}
