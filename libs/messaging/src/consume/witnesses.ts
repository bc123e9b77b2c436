/** The records of a batch all fail, so nothing tells whether they or the infrastructure are at fault: the batch waits. */
export class WholeBatchFailed extends Error {
  override readonly name = 'WholeBatchFailed';
}

/**
 * What the other batches of a process say about one of which everything fails. An error only proposes whose fault it is:
 * only where others succeed meanwhile the records are.
 */
export interface Witnesses {
  /** Something of a batch was settled. */
  succeeded(): void;
  /**
   * All of a batch has failed, however often it was tried; `key` names it. Says whether its records are at fault: a single
   * one is unless the batch before it failed as a whole too; several are once another batch succeeds after they failed.
   */
  accuse(key: string, size: number): boolean;
}

/** As many batches as partitions fail side by side at most; beyond that the oldest is forgotten. */
const MOST = 1_000;

export function createWitnesses(): Witnesses {
  let successes = 0;
  /** Successes that there had been when each failed first. */
  const waiting = new Map<string, number>();
  let lastFailed = false;
  return {
    succeeded() {
      successes += 1;
      lastFailed = false;
    },
    accuse(key, size) {
      const before = waiting.get(key);
      const isProven = before !== undefined && successes > before;
      const isFirstOfItsKind = size === 1 && before === undefined && !lastFailed;
      lastFailed = true;
      if (isProven || isFirstOfItsKind) {
        waiting.delete(key);
        return true;
      }
      if (before === undefined) {
        waiting.delete(waiting.size < MOST ? '' : (waiting.keys().next().value ?? ''));
        waiting.set(key, successes);
      }
      return false;
    },
  };
}
