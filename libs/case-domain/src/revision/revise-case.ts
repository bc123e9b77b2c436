import type { Interaction } from '#libs/interaction';
import { SYSTEM, type CaseChangeKind, type Cause } from '../case/case-change.js';
import { type CaseState, isLive } from '../case/case-state.js';
import { changeCase, type CaseFields, type Changed, sameValue, withFields } from '../case/change.js';
import { effectsOf, NO_EFFECTS, type Effects } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { asOne } from '../family/as-one.js';
import { familyOf } from '../family/family.js';
import { isOfCall } from '../people/people.js';
import { type Revision, revisionOf } from './revision.js';
import { tagsOf } from '../new-case/facts-of-case.js';

/** An interaction as it was known when something was decided of it, and as it is known now; null: nothing was. */
export interface Knowledge {
  readonly before: Interaction | null;
  readonly after: Interaction;
}

/** Whether anything was said since that a case may have to say as well. */
export function saysMore({ before, after }: { readonly before: Interaction; readonly after: Interaction }): boolean {
  return isOfCall(after) && HEARD.some((part) => isOther(part(before) ?? null, part(after) ?? null));
}

/** What a case says of a call, the parts that change most often first. */
const HEARD: readonly ((interaction: Interaction) => unknown)[] = [
  ({ content }) => content.text,
  ({ content }) => content.subject,
  ({ outcome }) => outcome,
  ({ occasion }) => occasion,
  ({ sender }) => sender.value,
  ({ recipients }) => recipients[0]?.value,
  ({ occurredAt }) => occurredAt,
  ({ endpoint }) => endpoint?.address,
  ({ trust }) => trust.verdict,
  ({ talkers }) =>
    (talkers ?? []).map(({ agent, from, until }) => [agent.email, agent.extension, agent.id, from, until]),
  ({ flags }) => flags,
  ({ tags }) => tags,
  ({ contact }) => contact,
  ({ references }) => references.map(({ value }) => value),
];

function isOther(one: unknown, other: unknown): boolean {
  return one !== other && JSON.stringify(one) !== JSON.stringify(other);
}

/**
 * What further facts change in the case of a call, as if they had been known from the start (channels.md F); one event with
 * all of it. A case that is resolved or takes no more messages keeps everything.
 */
export function reviseCase(known: Knowledge, state: CaseState, snapshot: Snapshot, moment: Moment): Effects {
  const revision = revisionIn(known, state, new Set(), snapshot, moment);
  if (revision === null) {
    return NO_EFFECTS;
  }
  const { fields, evidence } = revision;
  const changed = changeCase(state, kindOf(fields), fields, causeOf(known.after, moment, evidence));
  return effectsOf({ cases: [changed], ...besides(revision) });
}

/**
 * A change of the case that a call joins, or that its family became one in, with what its case says since as if all had
 * been known from the start. `main` is the change that stands last.
 */
export function withRevision(
  effects: Effects,
  main: Changed,
  known: Knowledge,
  snapshot: Snapshot,
  moment: Moment,
): Effects {
  const own = new Set(main.change.changes.map(({ field }) => field));
  const revision = revisionIn(known, main.state, own, snapshot, moment);
  if (revision === null) {
    return effects;
  }
  const { fields } = revision;
  const isAssigned = fields.assigneeId !== undefined && main.change.kind === 'interaction_attached';
  const changed = withFields(main, fields, isAssigned ? 'assigned' : main.change.kind);
  const { turns = [], contacts = [] } = besides(revision);
  return {
    ...effects,
    cases: replaced(effects.cases, main, changed),
    turns: [...effects.turns, ...turns],
    contacts: [...effects.contacts, ...contacts],
  };
}

/** Later changes of the same case go on from what it says now. */
function replaced(cases: readonly Changed[], main: Changed, by: Changed): Changed[] {
  const place = cases.indexOf(main);
  const fields = Object.fromEntries(
    Object.entries(by.state).filter(([name, value]) => !sameValue(value, main.state[name as keyof CaseState])),
  );
  return cases.map((one, index) => {
    const isLater = index > place && one.state.id === main.state.id;
    return index === place ? by : isLater ? { ...one, state: { ...one.state, ...fields } } : one;
  });
}

function revisionIn(
  known: Knowledge,
  state: CaseState,
  own: ReadonlySet<keyof CaseState>,
  snapshot: Snapshot,
  moment: Moment,
): Revision | null {
  if (!isLive(state) || state.category === 'resolved') {
    return null;
  }
  const { before, after } = known;
  const [first = after, ...others] = familyOf(after, snapshot.said.get(state.id) ?? []);
  const family = [first, ...others] as const;
  const earlier = before === null ? [] : tagsOf(before);
  const added = tagsOf(after).filter((tag) => !earlier.includes(tag));
  const revision = revisionOf({ state, family, view: asOne(family), added, own, snapshot, moment });
  return Object.keys(revision.fields).length === 0 ? null : revision;
}

function besides({ requester, assignment }: Revision): Partial<Effects> {
  return {
    ...(requester?.contact ? { contacts: [requester.contact] } : {}),
    ...(assignment?.turn ? { turns: [assignment.turn] } : {}),
  };
}

function causeOf(after: Interaction, moment: Moment, evidence: Cause['details']): Cause {
  return {
    actor: SYSTEM,
    interactionId: after.id,
    at: moment.now,
    occurredAt: after.told?.at ?? after.occurredAt,
    details: { effect: 'revised', ...evidence },
  };
}

/** A recording or a text has come, of which the case itself says nothing: whoever shows the call shows it anew. */
export function tellUpdate(after: Interaction, state: CaseState, moment: Moment): Effects {
  return isLive(state)
    ? effectsOf({ cases: [changeCase(state, 'interaction_updated', {}, causeOf(after, moment, {}))] })
    : NO_EFFECTS;
}

const KINDS: readonly (readonly [keyof CaseFields, CaseChangeKind])[] = [
  ['assigneeId', 'assigned'],
  ['requester', 'requester_changed'],
  ['groupId', 'group_changed'],
  ['type', 'type_changed'],
  ['priority', 'priority_changed'],
  ['subject', 'subject_changed'],
  ['tags', 'tags_changed'],
  ['description', 'description_changed'],
];

/** Of the most specific type; all changes are in one event. */
function kindOf(fields: CaseFields): CaseChangeKind {
  if (fields.assigneeId === null) {
    return 'unassigned';
  }
  return KINDS.find(([field]) => fields[field] !== undefined)?.[1] ?? 'updated';
}
