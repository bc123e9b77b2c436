import { BLANK_CASE, CASE_FIELD_NAMES, CASE_FIELDS } from './case-fields.js';
import type { CaseState } from './case-state.js';
import type { CaseChange, CaseChangeKind, Cause, FieldChange } from './case-change.js';

/** Fields that a change may set; the version and the time of change follow from the change itself. */
export type CaseFields = Partial<Omit<CaseState, 'id' | 'accountId' | 'version' | 'updatedAt'>>;

/** A change and the case after it. */
export interface Changed {
  readonly state: CaseState;
  readonly change: CaseChange;
}

/** The first event of a case: its changes carry every field that says something. */
export function beginCase(state: CaseState, kind: CaseChangeKind, cause: Cause): Changed {
  const changes = CASE_FIELD_NAMES.filter((field) => saysSomething(state[field], CASE_FIELDS[field].blank));
  const set = changes.map((field): FieldChange => ({ field, from: null, to: state[field] }));
  return { state, change: { kind, changes: set, ...cause } };
}

/** One event on an existing case: raises the version by exactly 1 and lists every field that moved. */
export function changeCase(before: CaseState, kind: CaseChangeKind, fields: CaseFields, cause: Cause): Changed {
  const state: CaseState = { ...before, ...fields, version: before.version + 1, updatedAt: cause.at };
  const touched = [...(Object.keys(fields) as (keyof CaseState)[]), 'version', 'updatedAt'] as const;
  return { state, change: changeBetween(before, state, touched, kind, cause) };
}

/** The same change with more fields, as if all of it had been one. */
export function withFields({ state, change }: Changed, fields: CaseFields, kind = change.kind): Changed {
  const before = new Map(change.changes.map(({ field, from }) => [field, from]));
  const after: CaseState = { ...state, ...fields };
  const moved = (Object.keys(fields) as (keyof CaseState)[]).flatMap((field): FieldChange[] => {
    const from = before.has(field) ? before.get(field) : state[field];
    return sameValue(from, after[field]) ? [] : [{ field, from, to: after[field] }];
  });
  const others = change.changes.filter(({ field }) => !(field in fields));
  return { state: after, change: { ...change, kind, changes: [...others, ...moved] } };
}

/** The case after a change. A `created` or `follow_up_created` change needs no case before it. */
export function applyChange(before: CaseState | null, change: CaseChange): CaseState {
  const state: Record<string, unknown> = { ...(before ?? BLANK_CASE) };
  for (const { field, to } of change.changes) {
    state[field] = to;
  }
  return state as unknown as CaseState;
}

/** Rebuilds a case from all of its events, oldest first; equals its row. */
export function fold(changes: readonly CaseChange[]): CaseState {
  return changes.reduce<CaseState>(applyChange, BLANK_CASE);
}

function changeBetween(
  before: CaseState,
  after: CaseState,
  fields: readonly (keyof CaseState)[],
  kind: CaseChangeKind,
  cause: Cause,
): CaseChange {
  const changes: FieldChange[] = [];
  for (const field of fields) {
    if (!sameValue(before[field], after[field])) {
      changes.push({ field, from: before[field], to: after[field] });
    }
  }
  return { kind, changes, ...cause };
}

/** Nothing, and empty, is what a case starts from anyway. */
function saysSomething(value: unknown, blank: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length > 0;
  }
  return value !== null && value !== '' && value !== 0 && !(typeof value === 'boolean' && value === blank);
}

/** Whether two values of a field say the same. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) {
    return true;
  }
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return false;
  }
  // The database gives the keys of an object back in an order of its own.
  const [one, other] = [Object.entries(left), new Map(Object.entries(right))];
  return (
    Array.isArray(left) === Array.isArray(right) &&
    one.length === other.size &&
    one.every(([key, value]) => other.has(key) && sameValue(value, other.get(key)))
  );
}
