import { CASE_FIELD_NAMES, CASE_FIELDS } from './case-fields.js';
import type { CaseChange, FieldChange } from './case-change.js';
import { statusOf, type CaseState, type Status } from './case-state.js';
import { participantOf, type Participant, participantText } from './participant.js';

/** What people call what a case names; whoever shows a case looks it up beforehand. */
export interface CaseNames {
  /** What agents call each status, by its id. */
  readonly statuses: ReadonlyMap<string, string>;
  /** Who is known under an address or an id, by `identityOf` (`email:…`, `agent:…`). */
  readonly people: ReadonlyMap<string, KnownPerson>;
}

/** A case with what is kept beside its row. */
export interface ShownCase {
  readonly state: CaseState;
  /** It is kept whatever else says that it may go. */
  readonly legalHold: boolean;
}

/** Whether a case is on hold after a change; its history is the only one that knows how it was then. */
export function legalHoldAfter(before: boolean, { kind, details }: CaseChange): boolean {
  return kind === 'legal_hold_changed' ? details['on'] === true : before;
}

/** A contact or an agent as lists show them. */
export interface KnownPerson {
  readonly kind: 'contact' | 'agent';
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
}

/** Nobody and nothing is known: ids and addresses are shown alone. */
export const NAMELESS: CaseNames = { statuses: new Map(), people: new Map() };

/** One field before and after, under its public name. */
export interface FieldChangeData {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

const RESOLVED: Status = 'resolved';
const CLOSED: Status = 'closed';
const NAMES = CASE_FIELD_NAMES.map((field) => [field, CASE_FIELDS[field].name] as const);
const NAMES_WITH_EVENTS = NAMES.filter(([field]) => field !== 'description');

/** A case as the topic `case.state.v1` and the API show it. */
export function caseStateData(shown: ShownCase, names: CaseNames): Record<string, unknown> {
  return dataOf(shown, NAMES, names);
}

/**
 * The data of one event on `case.events.v1` (events.md §3): the case after the change, and the difference. The
 * description travels in the change that sets it and in the case's state, not with every event.
 */
export function eventData(after: ShownCase, change: CaseChange, names: CaseNames): Record<string, unknown> {
  // What a comment said is read where the comment is: no topic holds it, so that redacting it there is enough.
  const { via, texts: _, ...details } = change.details;
  return {
    case: dataOf(after, NAMES_WITH_EVENTS, names),
    changes: toldChanges(change),
    actor: change.actor,
    on_behalf_of: change.onBehalfOf ?? null,
    via: via ?? after.state.via,
    interaction_id: change.interactionId,
    details,
  };
}

/** An event as it is kept: of a kind that perhaps a later version wrote. */
type ToldEvent = Pick<CaseChange, 'changes' | 'details'> & { readonly kind: string };

/** All that one change did to a case as it is shown, so that whoever adds up events has the case: what is kept beside its row too. */
export function toldChanges({ kind, changes, details }: ToldEvent): FieldChangeData[] {
  const shown = changesData(changes);
  const moved = kind === 'legal_hold_changed' && details['again'] !== true;
  const on = details['on'] === true;
  return moved ? [...shown, { field: 'legal_hold', from: !on, to: on }] : shown;
}

/**
 * Changes under their public names. Category and closing are one `status` there: closing a case says `resolved` →
 * `closed`, as only what is resolved is ever closed.
 */
export function changesData(changes: readonly FieldChange[]): FieldChangeData[] {
  const closing = changes.some(({ field, to }) => field === 'closedAt' && to !== null);
  const shown = changes.map(({ field, from, to }): FieldChangeData => {
    switch (field) {
      case 'category':
        return { field: 'status', from, to: closing ? CLOSED : to };
      case 'number':
        return { field: 'number', from: numberData(from as string | null), to: numberData(to as string | null) };
      case 'participants':
        return { field: 'participants', from: participantsBefore(from), to: participantsBefore(to) };
      default:
        return { field: CASE_FIELDS[field].name, from, to };
    }
  });
  const silent = closing && !changes.some(({ field }) => field === 'category');
  return silent ? [...shown, { field: 'status', from: RESOLVED, to: CLOSED }] : shown;
}

function dataOf({ state, legalHold }: ShownCase, fields: typeof NAMES, names: CaseNames): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const [field, name] of fields) {
    data[name] = state[field];
  }
  data['number'] = numberData(state.number);
  data['status'] = statusOf(state);
  data['legal_hold'] = legalHold;
  data['status_label'] = names.statuses.get(state.statusId) ?? null;
  data['participants'] = state.participants.map((text) => participantData(participantOf(text), names));
  return data;
}

/** A counter stays far below 2^53, so the number is exact. */
function numberData(number: string | null): number | null {
  return number === null ? null : Number(number);
}

/** Who it was, without what people are called by now: a history says what was there. */
function participantsBefore(participants: unknown): unknown {
  return participants === null
    ? null
    : (participants as readonly string[]).map((text) => participantData(participantOf(text), NAMELESS));
}

/** A participant on every face; the id is null of whom an address alone is known. */
function participantData(participant: Participant, { people }: CaseNames): Record<string, unknown> {
  const { kind, value, role } = participant;
  const known = people.get(participantText({ ...participant, role: 'cc' }));
  return {
    kind: known?.kind ?? (kind === 'agent' ? 'agent' : 'contact'),
    id: known?.id ?? (kind === 'agent' || kind === 'contact' ? value : null),
    name: known?.name ?? null,
    email: kind === 'email' ? value : (known?.email ?? null),
    phone: kind === 'phone' ? value : null,
    role,
  };
}
