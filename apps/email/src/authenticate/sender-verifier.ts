import { Worker } from 'node:worker_threads';
import { compiledFile } from '#libs/runtime';
import type { ParseInput } from '../parse/parse-protocol.js';
import type { OwnResults } from '../rules/trust/trust-of.js';
import type { VerifyRequest, VerifyResponse, VerifyWorkerSettings } from './verify-protocol.js';
import { TIME_LIMIT_MS, type SessionFacts } from './verify-sender.js';

const GRACE_MS = 1_000;
/** Larger mails would take the thread's time from all others. */
const MOST_BYTES = 25 * 1024 * 1024;
const GIVEN_UP: OwnResults = { made: false, why: 'it took too long' };

interface Waiting {
  readonly settle: (own: OwnResults) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Verifies senders in a thread of its own, which starts with the first mail. It always answers within a second of the
 * time limit; a thread that does not is replaced.
 */
export class SenderVerifier {
  #worker: Worker | null = null;
  #next = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(private readonly settings: VerifyWorkerSettings) {}

  verify(input: ParseInput, session: SessionFacts | null): Promise<OwnResults> {
    if ('size' in input && input.size > MOST_BYTES) {
      return Promise.resolve({ made: false, why: 'the mail is too large' });
    }
    return new Promise((settle) => {
      const id = (this.#next += 1);
      const timer = setTimeout(() => this.#retire(), TIME_LIMIT_MS + GRACE_MS);
      this.#waiting.set(id, { settle, timer });
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, input, session } satisfies VerifyRequest);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#retire();
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(compiledFile('./verify-worker.js', import.meta.url), { workerData: this.settings });
    worker.unref();
    worker.on('message', ({ id, own }: VerifyResponse) => this.#answer(id, own));
    const gone = () => {
      if (this.#worker === worker) {
        this.#retire();
      }
    };
    worker.on('error', gone);
    worker.on('exit', gone);
    return worker;
  }

  #answer(id: number, own: OwnResults): void {
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) {
      clearTimeout(waiting.timer);
      this.#waiting.delete(id);
      waiting.settle(own);
    }
  }

  /** Gives up the thread and everything that waits for it. */
  #retire(): void {
    const worker = this.#worker;
    this.#worker = null;
    [...this.#waiting.keys()].forEach((id) => this.#answer(id, GIVEN_UP));
    void worker?.terminate();
  }
}
