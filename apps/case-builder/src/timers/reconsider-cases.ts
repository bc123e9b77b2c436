import { type LedgerDependencies, settle } from '#libs/case-ledger';
import {
  advanceReconsideration,
  findReconsiderations,
  findReconsidered,
  type ReconsideredCase,
  type WaitingReconsideration,
} from '#libs/case-store';
import { errorMessage } from '#libs/runtime';
import { LaterTries } from './later-tries.js';

/** Cases that one transaction looks at: their rows stay locked until it ends. */
const CASES_AT_ONCE = 100;
const WORDS_AT_ONCE = 50;
const PAUSES = { firstMs: 5_000, longestMs: 15 * 60_000 };

interface Warns {
  warn(fields: object, message: string): void;
}

/** What the timer works with from one round to the next. */
export interface Reconsidering {
  readonly ledger: LedgerDependencies;
  readonly logger: Warns;
  /** Words whose cases could not be looked at, by their ids. */
  readonly tries: LaterTries;
}

/** `clock`: milliseconds that only grow. */
export function reconsidering(
  ledger: LedgerDependencies,
  logger: Warns,
  clock = () => performance.now(),
): Reconsidering {
  return { ledger, logger, tries: new LaterTries(PAUSES, clock) };
}

/**
 * Looks at cases that may mean somebody else by now, because of what was told of contacts, and returns how many it looked at:
 * however many a contact has, each transaction has a few of them. What was missed is caught up, and to do it twice changes
 * nothing more. A word that fails is left alone for a while, and the others go on.
 *
 * @throws what the database threw when it was asked for words: then nothing can be looked at
 */
export async function reconsiderCases(given: Reconsidering, signal: AbortSignal): Promise<number> {
  const { ledger, tries } = given;
  let looked = 0;
  for (;;) {
    const waiting = await findReconsiderations(ledger.pool, WORDS_AT_ONCE, tries.resting());
    for (const word of waiting) {
      const found = await tryWord(word, given, signal);
      looked += found ?? 0;
      if (signal.aborted) {
        return looked;
      }
      if (found === null) {
        // Words are asked for anew: a database that is gone says so there, once and not once for each of them.
        break;
      }
    }
    if (waiting.length === 0) {
      return looked;
    }
  }
}

/** How many cases were looked at; null: it failed, and is tried again later. */
async function tryWord(
  word: WaitingReconsideration,
  { ledger, logger, tries }: Reconsidering,
  signal: AbortSignal,
): Promise<number | null> {
  const { id, accountId, contactId } = word;
  try {
    const found = await lookAtCasesOf(word, ledger, signal);
    tries.succeed(id);
    return found;
  } catch (error) {
    if (!signal.aborted) {
      const retryInMs = tries.fail(id);
      const what = { accountId, contactId, reason: errorMessage(error), retryInMs };
      logger.warn(what, 'Cases of a contact could not be looked at again: others go on, these are tried later');
    }
    return null;
  }
}

async function lookAtCasesOf(
  word: WaitingReconsideration,
  ledger: LedgerDependencies,
  signal: AbortSignal,
): Promise<number> {
  const { accountId, id } = word;
  const found = await findReconsidered(ledger.pool, word, CASES_AT_ONCE);
  const last = found.length < CASES_AT_ONCE ? null : (found.at(-1)?.caseId ?? null);
  const inputs = found.map((one) => inputOf(one, word));
  await settle(ledger, [{ accountId, inputs }], {
    after: (client) => advanceReconsideration(client, accountId, id, last),
    signal,
  });
  return found.length;
}

function inputOf(found: ReconsideredCase, { because, by }: WaitingReconsideration) {
  return { kind: 'due', due: 'requester', ...found, because, by } as const;
}
