import type { Breaker } from './breaker.js';
import { BreakerOpen } from './breaker.js';
import { WholeBatchFailed, type Witnesses } from './witnesses.js';
import { toError } from '../errors.js';

/** What an error says about the work: try it again, the data is bad, or nobody knows. */
export type ErrorClass = 'transient' | 'data' | 'unknown';

export interface IsolationOptions {
  readonly classify: (error: unknown) => ErrorClass;
  readonly breaker: Breaker;
  /** Who says whose fault it is where all of a batch fails; `key` names the batch, also when it comes again. Without it the records are. */
  readonly weigh?: { readonly witnesses: Witnesses; readonly key: string };
  /** Attempts that a single record gets. */
  readonly maxAttempts?: number;
}

/** A record that cannot be handled. */
export interface PoisonRecord<R> {
  readonly record: R;
  readonly reason: 'data-error' | 'unknown-error';
  readonly error: Error;
  readonly attempts: number;
}

export interface IsolationResult<R> {
  readonly done: R[];
  /** In the order of the batch; the caller writes them to the dead letters. */
  readonly poison: PoisonRecord<R>[];
}

/**
 * Handles a batch so that bad records do not hold up their neighbours.
 *
 * 1. The whole batch is tried at once; that is the normal end.
 * 2. A transient error is thrown on: the log hands the same batch over again.
 * 3. Any other error halves the batch, first half first, down to the one record that fails.
 * 4. A record that fails alone is tried `maxAttempts` times, then it is poison: as long as its neighbours succeed.
 * 5. Too many unknown reasons end in BreakerOpen.
 * 6. Where all of a batch fails the infrastructure is at fault, whatever the errors say, until others succeed: it ends in
 *    WholeBatchFailed, and comes again.
 *
 * `attempt` must be repeatable: it sees a record again after a part of the batch succeeded and the rest was thrown on.
 */
export async function runIsolating<R>(
  records: readonly R[],
  attempt: (records: readonly R[]) => Promise<void>,
  options: IsolationOptions,
): Promise<IsolationResult<R>> {
  const result: IsolationResult<R> = { done: [], poison: [] };
  const pending: (readonly R[])[] = records.length > 0 ? [records] : [];
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    const failure = await tryOnce(part, attempt, options);
    if (failure === null) {
      result.done.push(...part);
    } else if (part.length > 1) {
      const middle = Math.ceil(part.length / 2);
      pending.push(part.slice(middle), part.slice(0, middle));
    } else {
      await judge(part, failure, { attempt, options, result, batchSize: records.length });
    }
  }
  return weighed(result, records.length, options);
}

function weighed<R>(result: IsolationResult<R>, size: number, { weigh }: IsolationOptions): IsolationResult<R> {
  const [first] = result.poison;
  if (result.done.length > 0 || first === undefined) {
    weigh?.witnesses.succeeded();
    return result;
  }
  if (weigh?.witnesses.accuse(weigh.key, size) === false) {
    throw new WholeBatchFailed(`all ${size} records of a batch failed, and no other batch succeeded since`, {
      cause: first.error,
    });
  }
  return result;
}

interface Failure {
  readonly errorClass: 'data' | 'unknown';
  readonly error: Error;
}

interface Judgement<R> {
  readonly attempt: (records: readonly R[]) => Promise<void>;
  readonly options: IsolationOptions;
  readonly result: IsolationResult<R>;
  readonly batchSize: number;
}

async function tryOnce<R>(
  part: readonly R[],
  attempt: (records: readonly R[]) => Promise<void>,
  { classify }: IsolationOptions,
): Promise<Failure | null> {
  try {
    await attempt(part);
    return null;
  } catch (thrown) {
    const errorClass = thrown instanceof BreakerOpen ? 'transient' : classify(thrown);
    if (errorClass === 'transient') {
      throw thrown;
    }
    return { errorClass, error: toError(thrown) };
  }
}

async function judge<R>(single: readonly R[], first: Failure, judgement: Judgement<R>): Promise<void> {
  const { attempt, options, result, batchSize } = judgement;
  let failure: Failure = first;
  let attempts = 1;
  while (attempts < (options.maxAttempts ?? 3)) {
    const next = await tryOnce(single, attempt, options);
    if (next === null) {
      result.done.push(...single);
      return;
    }
    failure = next;
    attempts += 1;
  }
  const reason = failure.errorClass === 'data' ? 'data-error' : 'unknown-error';
  result.poison.push(...single.map((record) => ({ record, reason, error: failure.error, attempts }) as const));
  if (reason === 'unknown-error') {
    const unknown = result.poison.filter((poison) => poison.reason === 'unknown-error').length;
    options.breaker.count(unknown, batchSize, failure.error);
  }
}
