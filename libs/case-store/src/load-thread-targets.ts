import { type CaseState, threadKeyOf, type ThreadTarget } from '#libs/case-domain';
import { type Interaction, isUuid } from '#libs/interaction';
import { ConcurrentChange } from './conflicts.js';
import type { Queryable } from './queryable.js';
import { findEditedCases } from './sql/case-events/find-edited-cases.js';
import { findFamilies } from './sql/families/find-families.js';
import { findNumberedCases } from './sql/cases/find-numbered-cases.js';
import { loadCases } from './sql/cases/load-cases.js';
import { lockFamilyRoots } from './sql/families/lock-family-roots.js';
import { loadThreads, type ThreadName } from './sql/threads/load-threads.js';

/** Where the interactions' references may lead. */
export interface ThreadTargets {
  readonly threads: Map<string, ThreadTarget>;
  readonly numbers: Map<string, string>;
  /** Locked, with their survivors and families. */
  readonly cases: Map<string, CaseState>;
  readonly edited: Set<string>;
}

/** Reads where the references lead, and locks those cases, the cases they were merged into and their families. */
export async function loadThreadTargets(
  client: Queryable,
  accountId: string,
  interactions: readonly Interaction[],
): Promise<ThreadTargets> {
  const threads = await readThreads(client, accountId, interactions);
  const numbers = await readNumbers(client, accountId, interactions);
  const cases = await readCases(client, accountId, namedCases(threads, numbers, interactions));
  const mayMerge = cases.size > 0 && mayConnect(threads, interactions);
  const edited = mayMerge ? await findEditedCases(client, accountId, [...cases.keys()]) : [];
  return { threads, numbers, cases, edited: new Set(edited) };
}

async function readThreads(
  client: Queryable,
  accountId: string,
  interactions: readonly Interaction[],
): Promise<Map<string, ThreadTarget>> {
  const names = new Map<string, ThreadName>();
  for (const interaction of interactions) {
    for (const { kind, value } of [...interaction.threadKeys, ...interaction.references]) {
      if (kind !== 'case' && kind !== 'case_number') {
        names.set(threadKeyOf(kind, value), { kind, value });
      }
    }
  }
  const rows = names.size === 0 ? [] : await loadThreads(client, accountId, [...names.values()]);
  return new Map(
    rows.map(({ kind, value, caseId, interactionId }) => [threadKeyOf(kind, value), { caseId, interactionId }]),
  );
}

async function readNumbers(
  client: Queryable,
  accountId: string,
  interactions: readonly Interaction[],
): Promise<Map<string, string>> {
  const references = interactions.flatMap((interaction) => interaction.references);
  const numbers = new Set(references.filter(({ kind }) => kind === 'case_number').map(({ value }) => value));
  const rows = numbers.size === 0 ? [] : await findNumberedCases(client, accountId, [...numbers]);
  return new Map(rows.map(({ number, id }) => [number, id]));
}

function namedCases(
  threads: ReadonlyMap<string, ThreadTarget>,
  numbers: ReadonlyMap<string, string>,
  interactions: readonly Interaction[],
): string[] {
  const ids = new Set([...[...threads.values()].map((target) => target.caseId), ...numbers.values()]);
  for (const interaction of interactions) {
    for (const { kind, value } of interaction.references) {
      if (kind === 'case' && isUuid(value)) {
        ids.add(value);
      }
    }
  }
  return [...ids];
}

async function readCases(
  client: Queryable,
  accountId: string,
  named: readonly string[],
): Promise<Map<string, CaseState>> {
  if (named.length === 0) {
    return new Map();
  }
  const families = await findFamilies(client, accountId, named);
  const roots = [...new Set(families.map((member) => member.rootCaseId))];
  await lockFamilyRoots(client, accountId, roots);
  const ids = [...new Set([...families.map((member) => member.id), ...roots])];
  const cases = new Map((await loadCases(client, accountId, ids, roots)).map((state) => [state.id, state]));
  for (const { mergedIntoId } of cases.values()) {
    // Merged between the two statements: its survivor is not among the locked.
    if (mergedIntoId !== null && !cases.has(mergedIntoId)) {
      throw new ConcurrentChange('case_family');
    }
  }
  return cases;
}

/**
 * Whether a message that has not arrived may connect cases here: one that is awaited, that another interaction of the
 * batch names, or that several of them will wait for.
 */
function mayConnect(threads: ReadonlyMap<string, ThreadTarget>, interactions: readonly Interaction[]): boolean {
  if ([...threads.values()].some((target) => target.interactionId === null)) {
    return true;
  }
  const own = new Set(interactions.flatMap(({ threadKeys }) => keysOf(threadKeys)));
  const referred = new Set<string>();
  for (const { references } of interactions) {
    for (const key of new Set(keysOf(references))) {
      if (own.has(key) || (referred.has(key) && !threads.has(key))) {
        return true;
      }
      referred.add(key);
    }
  }
  return false;
}

/** Keys of messages: neither cases nor threads of a provider can be waited for. */
function keysOf(names: readonly { readonly kind: string; readonly value: string }[]): string[] {
  return names.flatMap(({ kind, value }) =>
    kind === 'message_id' || kind === 'call_id' ? [threadKeyOf(kind, value)] : [],
  );
}
