import type { CaseState } from '../case/case-state.js';
import { comment } from '../case/comment.js';
import { sameValue, type CaseFields } from '../case/change.js';
import { effectsOf } from '../decision/effects.js';
import { isMember } from '../command/place.js';
import { nextTurnIn } from '../people/assignee.js';
import { BY_HAND, setterOf } from '../family/setters.js';
import type { Desk } from './desk.js';
import { groupMeant } from './judge.js';
import type { Place } from './place.js';
import type { Press } from '../decision/press.js';
import { commentIdOf, saidBy, tagsAfter, wordsOf, type Said } from './said.js';

/** The events of a call, and those of them of which its case does not know yet. */
export interface Reflected {
  readonly interactionId: string;
  /** The call and its voicemails: a case that one of them opened is the call's own. */
  readonly family: readonly string[];
  readonly caseId: string;
  readonly presses: readonly Press[];
  readonly isNews: (press: Press) => boolean;
  readonly place: Place;
}

/**
 * Writes into the case of a call what agents said of the call, as far as it does not say so yet:
 * 1. who has the case (A1); 2. what the case is called, where the call opened it; 3. whom it is for (R5a);
 * 4. comments; 5. tags.
 * A resolved case takes comments only. Cases in which an event is written now are returned by the event's id.
 */
export function reflect(reflected: Reflected, desk: Desk): ReadonlySet<string> {
  const stateNow = (): CaseState | undefined => desk.snapshot.cases.get(reflected.caseId);
  const before = stateNow();
  if (before === undefined || before.closedAt !== null || before.deletedAt !== null) {
    return new Set();
  }
  if (before.category !== 'resolved') {
    assign(reflected, before, desk);
    name(reflected, stateNow() ?? before, desk);
    choosePerson(reflected, stateNow() ?? before, desk);
  }
  const written = say(reflected, desk);
  const after = stateNow() ?? before;
  if (after.category !== 'resolved') {
    tag(reflected, after, desk);
  }
  return written;
}

/** A1. Who wants the case has it; who attaches a call to a case that nobody has, too. */
function assign({ family, place, isNews }: Reflected, state: CaseState, desk: Desk): void {
  const press = place.taker ?? (state.category === 'new' ? place.bringer : null);
  const agentId = press?.agentId ?? null;
  if (press === null || agentId === null || !isNews(press) || state.assigneeId === agentId) {
    return;
  }
  if (place.chosen === 'detached') {
    return;
  }
  const groupId = groupFor(
    agentId,
    press,
    state,
    family.includes(state.originInteractionId ?? '') && press === place.taker,
    desk,
  );
  const group = groupId === null ? undefined : desk.snapshot.groups.get(groupId);
  if (groupId === null || group === undefined) {
    return;
  }
  const opens: CaseFields =
    state.category === 'new' ? { category: 'open', statusId: desk.snapshot.account.defaultStatus.open } : {};
  const evidence = {
    rule: 'A1',
    strategy: null,
    candidatesCount: 1,
    chosenBecause: 'wanted it in the call bar',
  } as const;
  desk.change(
    state,
    'assigned',
    { ...opens, groupId, assigneeId: agentId, autoAssign: true },
    desk.causeOf(press, { assignment: evidence }),
    { turns: [nextTurnIn(group, agentId, desk.moment.now)] },
  );
}

/** The case stays in its group where the agent is a member; a case of the call's own goes where the agent may have it. */
function groupFor(agentId: string, { event }: Press, state: CaseState, mayMove: boolean, desk: Desk): string | null {
  const { groups, agentsById } = desk.snapshot;
  const wished = mayMove && event.group ? (groupMeant(event.group, groups)?.id ?? null) : null;
  const own = mayMove ? (agentsById.get(agentId)?.defaultGroupId ?? null) : null;
  return [wished, state.groupId, own].find((id) => id !== null && isMember(agentId, groups.get(id))) ?? null;
}

/** What the agent calls it, where the call opened it: an earlier case goes on being called as it was. */
function name({ family, presses, isNews }: Reflected, state: CaseState, desk: Desk): void {
  const named = presses.filter(({ event }) => event.action === 'case.create' && (event.subject || event.description));
  const press = named.at(-1);
  if (press === undefined || !isNews(press) || !family.includes(state.originInteractionId ?? '')) {
    return;
  }
  const { subject, description } = press.event;
  const fields: CaseFields = { ...(subject ? { subject } : {}), ...(description ? { description } : {}) };
  const isNew = (Object.keys(fields) as (keyof CaseFields)[]).some((one) => !sameValue(state[one], fields[one]));
  if (isNew) {
    desk.change(state, subject ? 'subject_changed' : 'description_changed', fields, desk.causeOf(press));
  }
}

/** R5a. Whom somebody chose for the case by hand stays. */
function choosePerson({ presses, isNews }: Reflected, state: CaseState, desk: Desk): void {
  const press = presses.filter(({ contactId }) => contactId !== null).at(-1);
  const contactId = press?.contactId ?? null;
  const isSame = state.requester.kind === 'contact' && state.requester.id === contactId;
  if (press === undefined || contactId === null || !isNews(press) || isChosenByHand(state, desk)) {
    return;
  }
  const requesterMatch = { method: 'R5', confidence: 'exact', candidates: [] } as const;
  if (!isSame || !sameValue(state.requesterMatch, requesterMatch)) {
    const requester = { kind: 'contact', id: contactId } as const;
    desk.change(state, 'requester_changed', { requester, requesterMatch }, desk.causeOf(press));
  }
}

/** Not only by name (R0): who writes an address or a number down has chosen, unless that is nobody certain (R5), or of one's own (R8). */
function isChosenByHand({ id, requesterMatch: { method } }: CaseState, { snapshot }: Desk): boolean {
  return method === 'R0' || (!['R5', 'R8'].includes(method) && setterOf(id, 'requester', snapshot) === BY_HAND);
}

function say({ interactionId, caseId, presses, isNews }: Reflected, desk: Desk): ReadonlySet<string> {
  const written = new Set<string>();
  for (const said of saidBy(presses)) {
    const last = said.presses.at(-1) ?? said.presses[0];
    // Nothing is left of what was taken away with its call.
    if (said.presses.some(isNews) && wordsOf(last, desk.snapshot.account.timeZone) !== '') {
      const commentId = commentIdOf(said.key, interactionId, caseId);
      const isThere = said.presses.some(({ saidIn }) => saidIn.includes(caseId));
      (isThere ? sayOtherwise : sayFirst)(said, caseId, commentId, desk);
      said.presses.forEach(({ event }) => written.add(event.id));
    }
  }
  return written;
}

function sayFirst({ presses }: Said, caseId: string, commentId: string, desk: Desk): void {
  const state = desk.snapshot.cases.get(caseId);
  const last = presses.at(-1) ?? presses[0];
  if (state !== undefined) {
    const bodyText = wordsOf(last, desk.snapshot.account.timeZone);
    const wish = { public: false, title: null, bodyText, bodyHtml: null, mentionIds: [] };
    const said = comment(state, wish, commentId, desk.causeOf(last));
    desk.does(effectsOf({ cases: [said.changed], comments: [said.comment] }));
  }
}

/** What somebody took away for good stays away. */
function sayOtherwise({ presses }: Said, caseId: string, commentId: string, desk: Desk): void {
  const state = desk.snapshot.cases.get(caseId);
  const known = desk.snapshot.comments.get(commentId);
  const last = presses.at(-1) ?? presses[0];
  const bodyText = wordsOf(last, desk.snapshot.account.timeZone);
  if (state === undefined || known === undefined || known.isRedacted || known.bodyText === bodyText) {
    return;
  }
  const cause = desk.causeOf(last, {
    comment_id: commentId,
    public: false,
    comment_version: known.version + 1,
    changed: ['body_text'],
    texts: { from: { title: null, body_text: known.bodyText }, to: { title: null, body_text: bodyText } },
  });
  desk.change(state, 'comment_edited', {}, cause, {
    commentEdits: [{ id: commentId, title: null, bodyText, bodyHtml: null, at: desk.moment.now }],
  });
}

function tag({ presses, isNews }: Reflected, state: CaseState, desk: Desk): void {
  const press = presses
    .filter(({ event }) => event.action === 'disposition.set' || event.action === 'callback.schedule')
    .filter(isNews)
    .at(-1);
  const tags = tagsAfter(state.tags, presses);
  if (press !== undefined && !sameValue(state.tags, tags)) {
    desk.change(state, 'tags_changed', { tags }, desk.causeOf(press));
  }
}
