import {
  findKeptAnswer,
  type IdempotencyKeyName,
  keepAnswer,
  lockIdempotencyKey,
  type Queryable,
} from '#libs/case-store';
import { ProblemException } from '../http/problem.js';
import { type Answer, keptAnswerOf, type WrittenAnswer } from './answer.js';

/** Leaves the transaction of a request that was answered before; nothing of it is done again. */
export class Replay extends Error {
  constructor(readonly answer: WrittenAnswer) {
    super('the request was answered before');
    this.name = 'Replay';
  }
}

/**
 * What a write does about repetitions of its request. As a `Frame` of `settle`: `before` is its `before`, and its `after`
 * ends with `keep`. Both may run several times, and only the run that is committed counts.
 */
export interface Repetition {
  /**
   * Before anything else is looked at, without a transaction.
   * @throws Replay when the request was answered before; 422 for another request under the same key.
   */
  ask(client: Queryable): Promise<void>;
  /**
   * First in the transaction: nobody else has the key from here on.
   * @throws what `ask` does; 409 while the first request runs.
   */
  before(client: Queryable): Promise<void>;
  /** Last in the transaction: keeps the answer, and returns it. */
  keep(client: Queryable, answer: Answer): Promise<Answer>;
}

/** Of a request without a key: there are no repetitions. */
export const ONCE: Repetition = {
  ask: async () => undefined,
  before: async () => undefined,
  keep: async (_client, answer) => answer,
};

/** Only answers of success are kept, because `keep` is not reached by others. */
export function repetitionOf(name: IdempotencyKeyName, fingerprint: Buffer): Repetition {
  const ask = async (client: Queryable): Promise<void> => {
    const kept = await findKeptAnswer(client, name);
    if (kept !== null && !kept.fingerprint.equals(fingerprint)) {
      const detail = 'The Idempotency-Key was used for another request before.';
      throw new ProblemException({ code: 'idempotency-key-reused', detail });
    }
    if (kept !== null) {
      throw new Replay(kept);
    }
  };
  return {
    ask,
    async before(client) {
      if (!(await lockIdempotencyKey(client, name))) {
        const detail = 'The first request with this Idempotency-Key is still running; ask again.';
        throw new ProblemException({ code: 'idempotency-in-progress', detail, headers: { 'retry-after': '1' } });
      }
      // The snapshot of this statement is newer than the lock, so it sees what the holder before has committed.
      await ask(client);
    },
    async keep(client, answer) {
      await keepAnswer(client, name, { fingerprint, ...keptAnswerOf(answer), resourceId: answer.resourceId ?? null });
      return answer;
    },
  };
}
