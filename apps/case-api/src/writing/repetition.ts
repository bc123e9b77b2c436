import {
  findKeptAnswer,
  findKeptAnswers,
  type IdempotencyKeyName,
  keepAnswer,
  type KeptAnswer,
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
  /** The same for one step of a request that is done step by step, each in a transaction of its own. */
  ofStep(index: number): Repetition;
  /**
   * Answers to the first steps of a request that broke off, by their places.
   * @throws 422 when they were steps of another request under the same key.
   */
  keptSteps(client: Queryable, count: number): Promise<ReadonlyMap<number, WrittenAnswer>>;
}

/** Of a request without a key: there are no repetitions. */
export const ONCE: Repetition = {
  ask: async () => undefined,
  before: async () => undefined,
  keep: async (_client, answer) => answer,
  ofStep: () => ONCE,
  keptSteps: async () => new Map(),
};

/** What the steps of a request are kept under. No client sends such a key: a line feed is no printable character. */
const nameOfStep = (name: IdempotencyKeyName, index: number): IdempotencyKeyName => {
  return { ...name, key: `${name.key}\n${index}` };
};

/** Of a request itself only answers of success are kept, because `keep` is not reached by others. */
export function repetitionOf(name: IdempotencyKeyName, fingerprint: Buffer): Repetition {
  const refuseOther = (kept: KeptAnswer): void => {
    if (!kept.fingerprint.equals(fingerprint)) {
      const detail = 'The Idempotency-Key was used for another request before.';
      throw new ProblemException({ code: 'idempotency-key-reused', detail });
    }
  };
  const ask = async (client: Queryable): Promise<void> => {
    const kept = await findKeptAnswer(client, name);
    if (kept !== null) {
      refuseOther(kept);
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
    ofStep: (index) => repetitionOf(nameOfStep(name, index), fingerprint),
    async keptSteps(client, count) {
      const keys = Array.from({ length: count }, (_, index) => nameOfStep(name, index).key);
      const kept = await findKeptAnswers(client, name, keys);
      kept.forEach(refuseOther);
      return new Map(kept.map((answer) => [keys.indexOf(answer.key), answer]));
    },
  };
}
