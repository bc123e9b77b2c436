import { WorkerThread, type ThreadAnswer, type ThreadSettings } from './worker-thread.js';

export interface PoolSettings extends Omit<ThreadSettings, 'mostAtOnce' | 'mostWaiting'> {
  /** Threads at most; each starts when it is needed. */
  readonly threads: number;
  /** Questions that may wait for a thread. */
  readonly mostWaiting: number;
  /** Milliseconds that a question may wait for a thread. */
  readonly waitLimitMs: number;
}

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly settle: (answer: ThreadAnswer<Answer>) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Answers questions in a few threads, one at a time in each, so that hostile content costs its own thread and nobody waits
 * long for the others.
 * 1. A question goes to a thread that is free, one that is loaded before one that is not; otherwise it waits in its turn.
 * 2. Who would be one too many, or has waited for too long, is told that the pool is busy.
 * 3. A thread that does not answer in time, or dies, is ended with its own question alone; the next one loads at once.
 */
export class WorkerPool<Question, Answer> {
  readonly #threads: readonly WorkerThread<Question, Answer>[];
  readonly #free: Set<WorkerThread<Question, Answer>>;
  readonly #waiting = new Set<Waiting<Question, Answer>>();
  #closed = false;

  constructor(private readonly settings: PoolSettings) {
    const alone = { ...settings, mostAtOnce: 1, mostWaiting: 1 };
    this.#threads = Array.from({ length: settings.threads }, () => new WorkerThread<Question, Answer>(alone));
    this.#free = new Set(this.#threads);
  }

  /** Never rejects. */
  ask(question: Question): Promise<ThreadAnswer<Answer>> {
    if (this.#closed) {
      return Promise.resolve({ ok: false, reason: 'failed' });
    }
    const thread = this.#freeThread();
    if (thread !== undefined) {
      return this.#askThread(thread, question);
    }
    if (this.#waiting.size >= this.settings.mostWaiting) {
      return Promise.resolve({ ok: false, reason: 'busy' });
    }
    return new Promise((settle) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        settle({ ok: false, reason: 'busy' });
      }, this.settings.waitLimitMs);
      const waiting = { question, settle, timer };
      this.#waiting.add(waiting);
    });
  }

  /** Ends the threads; whoever waits is told that it failed. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { settle, timer } of this.#waiting) {
      clearTimeout(timer);
      settle({ ok: false, reason: 'failed' });
    }
    this.#waiting.clear();
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #freeThread(): WorkerThread<Question, Answer> | undefined {
    const free = [...this.#free];
    return free.find((thread) => thread.isLoaded) ?? free[0];
  }

  async #askThread(thread: WorkerThread<Question, Answer>, question: Question): Promise<ThreadAnswer<Answer>> {
    this.#free.delete(thread);
    const answer = await thread.ask(question);
    this.#free.add(thread);
    if (!answer.ok) {
      thread.load();
    }
    this.#next();
    return answer;
  }

  #next(): void {
    const thread = this.#freeThread();
    const [first] = this.#waiting;
    if (thread !== undefined && first !== undefined) {
      this.#waiting.delete(first);
      clearTimeout(first.timer);
      void this.#askThread(thread, first.question).then(first.settle);
    }
  }
}
