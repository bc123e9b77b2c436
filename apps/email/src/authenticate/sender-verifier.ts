import { compiledFile, WorkerThread } from '#libs/runtime';
import type { ParseInput } from '../parse/parse-protocol.js';
import type { OwnResults } from '../rules/trust/trust-of.js';
import { MOST_BYTES, TIME_LIMIT_MS, type SessionFacts } from './verify-sender.js';
import type { VerifyRequest, VerifySettings } from './verify-thread.js';

const GRACE_MS = 1_000;
const GIVEN_UP: OwnResults = { made: false, why: 'it took too long' };

/**
 * Verifies senders in a thread of its own, side by side, as they wait for DNS. It always answers, within a second of the
 * time limit once the thread is loaded; a thread that does not is replaced.
 */
export class SenderVerifier {
  readonly #thread: WorkerThread<VerifyRequest, OwnResults>;

  constructor(settings: VerifySettings) {
    this.#thread = new WorkerThread({
      file: compiledFile('./verify-thread.js', import.meta.url),
      data: settings,
      timeLimitMs: TIME_LIMIT_MS + GRACE_MS,
      mostAtOnce: Number.POSITIVE_INFINITY,
      mostWaiting: Number.POSITIVE_INFINITY,
    });
  }

  /** Never rejects. */
  async verify(input: ParseInput, session: SessionFacts | null): Promise<OwnResults> {
    if ('size' in input && input.size > MOST_BYTES) {
      return { made: false, why: 'the mail is too large' };
    }
    const result = await this.#thread.ask({ input, session });
    return result.ok ? result.answer : GIVEN_UP;
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
