import { Worker } from 'node:worker_threads';
import { compiledFile } from '../compiled-file.js';
import type { ThreadQuestion, ThreadResponse, ThreadStart } from './thread-entry.js';

/** `timeout`: it took too long. `busy`: too many wait. `failed`: the thread gave up on it, or was closed. */
export type ThreadFailure = 'timeout' | 'busy' | 'failed';
export type ThreadAnswer<Answer> =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly reason: ThreadFailure };

export interface ThreadSettings {
  /** The compiled file that answers, a `ThreadModule`; see `compiledFile`. */
  readonly file: URL;
  /** What its `openThread` is given; travels as a message does. */
  readonly data?: unknown;
  /** Milliseconds that one question may take; then the thread is ended with all that is in it. */
  readonly timeLimitMs: number;
  /** Milliseconds that the loading of its modules may take. */
  readonly loadLimitMs?: number;
  /** Questions that are in the thread side by side. */
  readonly mostAtOnce: number;
  /** Questions that may wait for it. */
  readonly mostWaiting: number;
  readonly heapMb?: number;
}

interface Job<Answer> {
  readonly question: unknown;
  readonly settle: (answer: ThreadAnswer<Answer>) => void;
}

const LOAD_LIMIT_MS = 30_000;

/**
 * Answers questions in a thread of its own, so that hostile content costs nobody but the one who asked.
 * 1. The thread starts with the first question and keeps no process alive while it has none.
 * 2. A question waits until there is room in the thread; its time begins when it is in there.
 * 3. A thread that does not answer in time, or dies, is ended with the questions that are in it, and the others go to the
 *    next one. One that could not even load its modules is not tried again for those that wait.
 */
export class WorkerThread<Question, Answer> {
  readonly #waiting: Job<Answer>[] = [];
  readonly #running = new Map<number, { readonly job: Job<Answer>; readonly timer: NodeJS.Timeout }>();
  #worker: Worker | null = null;
  #ready = false;
  #loading: NodeJS.Timeout | undefined;
  #nextId = 0;
  #closed = false;

  constructor(private readonly settings: ThreadSettings) {}

  /** Never rejects. */
  ask(question: Question): Promise<ThreadAnswer<Answer>> {
    if (this.#closed) {
      return Promise.resolve({ ok: false, reason: 'failed' });
    }
    if (this.#waiting.length >= this.settings.mostWaiting) {
      return Promise.resolve({ ok: false, reason: 'busy' });
    }
    return new Promise((settle) => {
      this.#waiting.push({ question, settle });
      this.#next();
    });
  }

  /** Its modules are loaded: a question would be answered at once. */
  get isLoaded(): boolean {
    return this.#ready;
  }

  /** Loads its modules before anybody asks; does nothing where it has, or was closed. */
  load(): void {
    if (!this.#closed && this.#worker === null) {
      this.#start();
    }
  }

  /** Ends the thread; whoever waits is told that it failed. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#leave('failed');
    this.#failWaiting('failed');
    await worker?.terminate();
  }

  #next(): void {
    const worker = this.#worker ?? this.#start();
    while (this.#ready && this.#running.size < this.settings.mostAtOnce) {
      const job = this.#waiting.shift();
      if (job === undefined) {
        break;
      }
      this.#send(worker, job);
    }
    if (this.#ready && this.#running.size === 0) {
      worker.unref();
    }
  }

  #send(worker: Worker, job: Job<Answer>): void {
    const id = (this.#nextId += 1);
    const timer = setTimeout(() => this.#replace(worker, 'timeout'), this.settings.timeLimitMs);
    this.#running.set(id, { job, timer });
    worker.ref();
    worker.postMessage({ id, question: job.question } satisfies ThreadQuestion);
  }

  #start(): Worker {
    const { file, data, heapMb, loadLimitMs = LOAD_LIMIT_MS } = this.settings;
    const worker = new Worker(compiledFile('./thread-entry.js', import.meta.url), {
      workerData: { file: file.href, data } satisfies ThreadStart,
      resourceLimits: heapMb === undefined ? {} : { maxOldGenerationSizeMb: heapMb },
    });
    worker.on('message', (response: ThreadResponse) => this.#hear(worker, response));
    worker.on('error', () => this.#replace(worker, 'failed'));
    worker.on('exit', () => this.#replace(worker, 'failed'));
    this.#worker = worker;
    this.#loading = setTimeout(() => this.#replace(worker, 'timeout'), loadLimitMs);
    return worker;
  }

  #hear(worker: Worker, response: ThreadResponse): void {
    if (worker !== this.#worker) {
      return;
    }
    if (response === 'ready') {
      clearTimeout(this.#loading);
      this.#ready = true;
    } else {
      this.#finish(
        response.id,
        response.ok ? { ok: true, answer: response.answer as Answer } : { ok: false, reason: 'failed' },
      );
    }
    this.#next();
  }

  #replace(worker: Worker, reason: ThreadFailure): void {
    if (worker !== this.#worker) {
      return;
    }
    const couldLoad = this.#ready;
    this.#leave(reason);
    void worker.terminate();
    if (!couldLoad) {
      this.#failWaiting(reason);
    } else if (this.#waiting.length > 0) {
      this.#next();
    }
  }

  /** Has nothing more to do with the thread and tells those that are in it. */
  #leave(reason: ThreadFailure): Worker | null {
    const worker = this.#worker;
    this.#worker = null;
    this.#ready = false;
    clearTimeout(this.#loading);
    [...this.#running.keys()].forEach((id) => this.#finish(id, { ok: false, reason }));
    return worker;
  }

  #failWaiting(reason: ThreadFailure): void {
    this.#waiting.splice(0).forEach(({ settle }) => settle({ ok: false, reason }));
  }

  #finish(id: number, answer: ThreadAnswer<Answer>): void {
    const running = this.#running.get(id);
    if (running !== undefined) {
      clearTimeout(running.timer);
      this.#running.delete(id);
      running.job.settle(answer);
    }
  }
}
