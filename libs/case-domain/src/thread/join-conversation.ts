import type { Interaction } from '#libs/interaction';
import type { CaseState } from '../case/case-state.js';
import { changeCase, type Changed } from '../case/change.js';
import { SYSTEM, type Cause } from '../case/case-change.js';
import { moveSaid } from '../decision/advance.js';
import type { InteractionDecision } from '../decision/decision.js';
import { effectsOf, followedBy, type Effects } from '../decision/effects.js';
import { MOST_PARTICIPANTS } from '../case/participant.js';
import { isSpoken, proofOf } from '../people/people.js';
import { identityOf, type Snapshot } from '../decision/snapshot.js';
import type { Moment } from '../decision/moment.js';
import type { Thread } from './thread.js';

/** What merging the cases of one conversation amounts to, before the interaction that links them is attached. */
export interface ConversationJoin {
  readonly main: CaseState;
  readonly effects: Effects;
  /** The snapshot as it is after the merge. */
  readonly snapshot: Snapshot;
  readonly thread: Thread;
}

/**
 * A message that other cases were waiting for links them with its own, and so does one that names both a known message
 * and one that another case waits for: replies that name only their parent, and arrived before it, opened cases of
 * their own. They become one again, the younger in the older, when
 * 1. all of them live, wait for nobody and were never merged;
 * 2. no person has worked on any of them, so nobody loses sight of what they did;
 * 3. nobody gets to see what was not theirs: one requester, or requesters who take part in each other's case; of calls the
 *    telephone system says that they are one, whoever was on the line;
 * 4. the younger ones are no part of a family of follow-ups;
 * 5. the sender of the message did not fail the proof of identity.
 * Null when there is nothing to join: a case for which not all of it holds stays, and the conflict is told to people.
 */
export function joinConversation(
  interaction: Interaction,
  thread: Thread,
  snapshot: Snapshot,
  moment: Moment,
): ConversationJoin | null {
  const { target, linked } = thread;
  if (target === null || linked.length === 0 || proofOf(interaction) === 'doubted') {
    return null;
  }
  const order = byAge(snapshot);
  const others = linked.filter((one) => {
    const [older, newer] = order(one, target) < 0 ? [one, target] : [target, one];
    return isUntouched(older, snapshot) && mayJoin(newer, older, snapshot, isSpoken(interaction));
  });
  const [main, ...younger] = [target, ...others].sort(order);
  if (
    main === undefined ||
    younger.length === 0 ||
    !younger.every((one) => mayJoin(one, main, snapshot, isSpoken(interaction)))
  ) {
    return null;
  }
  return joined(main, younger, { interaction, thread, snapshot, moment });
}

/** The decision about the linking message, with the merge before it; null when it does not join the conversation. */
export function withJoin(decision: InteractionDecision, join: ConversationJoin): InteractionDecision | null {
  const { verdict, effects } = decision;
  const attached = verdict.outcome === 'attached' && verdict.caseId === join.main.id;
  return attached ? { ...decision, effects: followedBy(join.effects, effects) } : null;
}

/**
 * Older first. Processes take their numbers beforehand, so a lower number alone is not older; among cases of one
 * instant, one that has no number yet was made by this batch, after all that have one.
 */
function byAge(snapshot: Snapshot): (left: CaseState, right: CaseState) => number {
  const order = [...snapshot.cases.keys()];
  return (left, right) => {
    if (left.createdAt !== right.createdAt) {
      return left.createdAt < right.createdAt ? -1 : 1;
    }
    if (left.number !== null && right.number !== null) {
      return BigInt(left.number) < BigInt(right.number) ? -1 : 1;
    }
    if (left.number === null && right.number === null) {
      return order.indexOf(left.id) - order.indexOf(right.id);
    }
    return left.number === null ? 1 : -1;
  };
}

function isUntouched(state: CaseState, snapshot: Snapshot): boolean {
  const waits = state.category === 'new' || state.category === 'open';
  const live = state.closedAt === null && state.deletedAt === null && state.mergedIntoId === null;
  return live && waits && state.lastAgentAt === null && state.reopenCount === 0 && !snapshot.edited.has(state.id);
}

function mayJoin(source: CaseState, main: CaseState, snapshot: Snapshot, isVouched: boolean): boolean {
  return isUntouched(source, snapshot) && isAlone(source, snapshot) && (isVouched || shareTheirPeople(source, main));
}

/** Neither a follow-up nor followed up. */
function isAlone(state: CaseState, snapshot: Snapshot): boolean {
  const kin = [...snapshot.cases.values()].some(
    (other) => other.rootCaseId === state.rootCaseId && other.id !== state.id,
  );
  return state.rootCaseId === state.id && !kin;
}

function shareTheirPeople(source: CaseState, main: CaseState): boolean {
  const one = source.requester.kind === main.requester.kind && source.requester.id === main.requester.id;
  return one || (takesPart(source, main) && takesPart(main, source));
}

/** Whether the requester of the one case is a participant of the other. */
function takesPart(one: CaseState, other: CaseState): boolean {
  return one.supplied.email !== null && other.participants.includes(emailIdentity(one.supplied.email));
}

function emailIdentity(value: string): string {
  return identityOf({ kind: 'email', value });
}

interface Circumstances {
  readonly interaction: Interaction;
  readonly thread: Thread;
  readonly snapshot: Snapshot;
  readonly moment: Moment;
}

function joined(main: CaseState, younger: readonly CaseState[], circumstances: Circumstances): ConversationJoin {
  const { interaction, thread, snapshot, moment } = circumstances;
  const ended = younger.map((source) => endIn(main, source, circumstances));
  const fields = {
    interactionCount: younger.reduce((sum, source) => sum + source.interactionCount, main.interactionCount),
    participants: participantsOfAll(main, younger),
    lastRequesterAt: latest([main, ...younger].map((state) => state.lastRequesterAt)),
  };
  const merged = younger.map(({ id, interactionCount }) => ({ id, interactions: interactionCount }));
  const details = { reason: 'late_parent', linked_by: interaction.id, cases: merged };
  const received = changeCase(main, 'merge_received', fields, causeOf(circumstances, details));
  const cases = new Map(snapshot.cases);
  [...ended, received].forEach(({ state }) => cases.set(state.id, state));
  const moves = younger.map(({ id }) => ({ fromCaseId: id, toCaseId: main.id }));
  const said = new Map(snapshot.said);
  moves.forEach((move) => moveSaid({ said }, move));
  return {
    main: received.state,
    effects: effectsOf({
      cases: [...ended, received],
      links: younger.map(({ id }) => {
        return { id: moment.newId(), fromCaseId: id, toCaseId: main.id, kind: 'merged', createdBy: null };
      }),
      moves,
    }),
    snapshot: { ...snapshot, cases, said },
    thread: threadAfter(thread, received.state, ended),
  };
}

/** Closed by the rules of a merge; what was said moves to the other case, where the conversation goes on. */
function endIn(main: CaseState, source: CaseState, circumstances: Circumstances): Changed {
  const { interaction, snapshot, moment } = circumstances;
  const { closedStatusId, defaultStatus } = snapshot.account;
  const fields = {
    category: 'resolved',
    statusId: closedStatusId ?? defaultStatus.resolved,
    resolvedAt: moment.now,
    resolution: 'It is the same conversation as an older case.',
    resolutionSource: 'merge',
    closedAt: moment.now,
    closedReason: 'merged',
    mergedIntoId: main.id,
    interactionCount: 0,
  } as const;
  const details = { reason: 'late_parent', linked_by: interaction.id, moved_interactions: source.interactionCount };
  return changeCase(source, 'merged', fields, causeOf(circumstances, details));
}

function causeOf({ interaction, moment }: Circumstances, details: Cause['details']): Cause {
  const { id: interactionId, occurredAt } = interaction;
  return { actor: SYSTEM, interactionId, at: moment.now, occurredAt, details };
}

function participantsOfAll(main: CaseState, younger: readonly CaseState[]): string[] {
  const all = new Set([...main.participants, ...younger.flatMap((source) => source.participants)]);
  if (main.supplied.email !== null && !main.participants.includes(emailIdentity(main.supplied.email))) {
    all.delete(emailIdentity(main.supplied.email));
  }
  return [...all].slice(0, MOST_PARTICIPANTS);
}

function latest(instants: readonly (string | null)[]): string | null {
  return instants.reduce((last, one) => (last === null || (one !== null && one > last) ? one : last), null);
}

/** What led to the joined cases is no conflict any more. */
function threadAfter(thread: Thread, main: CaseState, ended: readonly Changed[]): Thread {
  const ids = new Set([main.id, ...ended.map(({ state }) => state.id)]);
  const { conflicts, ...evidence } = thread.evidence;
  const linked = conflicts.filter(({ caseId }) => ids.has(caseId));
  const joined = ended.map(({ state }) => {
    const by = linked.find(({ caseId }) => caseId === state.id) ?? { rule: evidence.rule, ...evidence.matched };
    return { rule: by.rule, kind: by.kind ?? 'case', value: by.value ?? state.id, caseId: state.id };
  });
  const others = conflicts.filter(({ caseId }) => !ids.has(caseId));
  return { target: main, linked: [], evidence: { ...evidence, conflicts: others, joined } };
}
