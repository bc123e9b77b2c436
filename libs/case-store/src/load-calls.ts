import {
  BY_CALL_BAR,
  BY_HAND,
  type CallsKnown,
  type CaseState,
  type Found,
  type Needs,
  REVISED_FIELDS,
} from '#libs/case-domain';
import type { Queryable } from './queryable.js';
import { findSetters } from './sql/case-events/find-setters.js';
import { loadSpoken } from './sql/interactions/load-spoken.js';

/** What decisions about calls know: those near in time, what was said in the cases of calls, and who changed what there. */
export async function loadCalls(
  client: Queryable,
  accountId: string,
  { calls, heard, seen, beside }: Found,
  { spokenIn, settersOf }: Needs,
  cases: ReadonlyMap<string, CaseState>,
): Promise<CallsKnown> {
  const caseIds = [...new Set([...spokenIn].flatMap((id) => chainOf(id, cases)))];
  return {
    calls: byCaller(calls),
    heard: new Map(heard),
    seen: new Map(seen),
    beside: new Map(beside.map((one) => [one.interaction.id, one])),
    said: await loadSaid(client, accountId, caseIds),
    setters: await loadSetters(
      client,
      accountId,
      [...new Set([...caseIds, ...settersOf])].flatMap((id) => cases.get(id) ?? []),
    ),
    changes: new Map(),
  };
}

/** A case, and those that it ended in one after another. */
function chainOf(caseId: string, cases: ReadonlyMap<string, CaseState>): string[] {
  const chain: string[] = [];
  for (let id: string | null = caseId; id !== null && !chain.includes(id); id = cases.get(id)?.mergedIntoId ?? null) {
    chain.push(id);
  }
  return chain;
}

async function loadSaid(client: Queryable, accountId: string, caseIds: readonly string[]): Promise<CallsKnown['said']> {
  const rows = caseIds.length === 0 ? [] : await loadSpoken(client, accountId, caseIds);
  const said: CallsKnown['said'] = new Map();
  rows.forEach(({ caseId, interaction }) => said.set(caseId, [...(said.get(caseId) ?? []), interaction]));
  return said;
}

async function loadSetters(
  client: Queryable,
  accountId: string,
  cases: readonly CaseState[],
): Promise<CallsKnown['setters']> {
  const rows = cases.length === 0 ? [] : await findSetters(client, accountId, cases);
  const setters = new Map<string, Map<string, string>>();
  for (const { caseId, field, interactionId, wasPressed } of rows) {
    const setter = interactionId ?? (wasPressed ? BY_CALL_BAR : BY_HAND);
    setters.set(caseId, (setters.get(caseId) ?? new Map<string, string>()).set(field, setter));
  }
  for (const { id, originInteractionId: origin } of cases) {
    if (origin !== null && !setters.has(id)) {
      setters.set(id, new Map(REVISED_FIELDS.map((field) => [field, origin])));
    }
  }
  return setters;
}

function byCaller(calls: Found['calls']): CallsKnown['calls'] {
  const grouped: CallsKnown['calls'] = new Map();
  calls.forEach((call) => grouped.set(call.caller, [...(grouped.get(call.caller) ?? []), call]));
  return grouped;
}
