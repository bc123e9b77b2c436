import type { Interaction, Party } from '#libs/interaction';
import { SYSTEM, type CaseChangeKind } from '../case/case-change.js';
import type { CaseState } from '../case/case-state.js';
import { changeCase, type CaseFields } from '../case/change.js';
import { effectsOf, NO_EFFECTS, type Effects } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { answeringAgent } from '../people/answering-agent.js';
import { chooseAssignee, type AssignmentChoice } from '../people/assignee.js';
import { isSpoken, suppliedBy } from '../people/people.js';
import { resolveRequester, type RequesterResolution } from '../people/requester.js';
import { isLive } from './follow-up.js';
import { wordsFor } from './words.js';

/** An interaction as it was known when something was decided of it, and as it is known now. */
export interface Knowledge {
  readonly before: Interaction;
  readonly after: Interaction;
}

/** Whether anything was said since that a case may have to say as well. */
export function saysMore({ before, after }: Knowledge): boolean {
  return isSpoken(after) && heardIn(before) !== heardIn(after);
}

function heardIn({ outcome, occasion, talkers, sender, recipients, content }: Interaction): string {
  const talked = (talkers ?? []).map(({ agent, until }) => [agent.email, agent.extension, agent.id, until]);
  return JSON.stringify([outcome, occasion, talked, sender.value, recipients[0]?.value, content.subject, content.text]);
}

/**
 * What further facts change in the case of a call, as if they had been known from the start (channels.md F), each only
 * where nobody has changed since what was concluded before:
 * 1. subject and description of the case that it opened; 2. the requester, where the number was hidden before;
 * 3. the assignee, where nobody has the case, or the agent who was thought to have talked last.
 * A case that is resolved or takes no more messages keeps everything.
 */
export function reviseCase(known: Knowledge, state: CaseState, snapshot: Snapshot, moment: Moment): Effects {
  if (!isLive(state) || state.category === 'resolved') {
    return NO_EFFECTS;
  }
  const isOrigin = state.originInteractionId === known.after.id;
  const requester = isOrigin ? revisedRequester(known, state, snapshot, moment) : null;
  const assignment = revisedAssignment(known, state, snapshot, moment);
  const fields: CaseFields = {
    ...(isOrigin ? revisedWords(known, state, snapshot) : {}),
    ...(requester === null ? {} : requesterFields(requester)),
    ...(assignment === null ? {} : assigneeFields(assignment, state, snapshot)),
  };
  if (Object.keys(fields).length === 0) {
    return NO_EFFECTS;
  }
  const changed = changeCase(state, kindOf(fields), fields, {
    actor: SYSTEM,
    interactionId: known.after.id,
    at: moment.now,
    occurredAt: known.after.told?.at ?? known.after.occurredAt,
    details: { effect: 'revised', ...(assignment === null ? {} : { assignment: assignment.evidence }) },
  });
  return effectsOf({
    cases: [changed],
    ...(requester?.contact ? { contacts: [requester.contact] } : {}),
    ...(assignment?.turn ? { turns: [assignment.turn] } : {}),
  });
}

function revisedWords({ before, after }: Knowledge, state: CaseState, snapshot: Snapshot): CaseFields {
  const [were, are] = [wordsFor(before, snapshot), wordsFor(after, snapshot)];
  return {
    ...(state.subject === were.subject && are.subject !== were.subject ? { subject: are.subject } : {}),
    ...(state.description === were.text && are.text !== were.text ? { description: are.text } : {}),
  };
}

function revisedRequester(
  { before, after }: Knowledge,
  state: CaseState,
  snapshot: Snapshot,
  moment: Moment,
): RequesterResolution | null {
  const wasHidden = customerOf(before)?.kind === 'anonymous' && state.requesterMatch.method === 'R7';
  return wasHidden && customerOf(after)?.kind === 'phone' ? resolveRequester(after, snapshot, moment) : null;
}

function customerOf({ direction, sender, recipients }: Interaction): Party | undefined {
  return direction === 'outbound' ? recipients[0] : sender;
}

function requesterFields({ requester, submitter, match, party }: RequesterResolution): CaseFields {
  return { requester, submitter, requesterMatch: match, supplied: suppliedBy(party) };
}

function revisedAssignment(
  { before, after }: Knowledge,
  state: CaseState,
  snapshot: Snapshot,
  moment: Moment,
): AssignmentChoice | null {
  const was = answeringAgent(before, snapshot)?.id ?? null;
  const is = answeringAgent(after, snapshot)?.id ?? null;
  if (is === null || is === was || is === state.assigneeId || !isRules(was, state)) {
    return null;
  }
  const question = { groupId: state.groupId, contactId: null, answeredBy: is, now: moment.now };
  const choice = chooseAssignee(question, snapshot);
  return choice.evidence.rule === 'A2' ? choice : null;
}

/** Whether the assignee is as the rules left it: nobody, who was thought to have talked, or of a case untouched since. */
function isRules(was: string | null, { assigneeId, autoAssign, version }: CaseState): boolean {
  return assigneeId === null ? autoAssign : assigneeId === was || (was === null && version === 1);
}

function assigneeFields({ agentId }: AssignmentChoice, { category }: CaseState, { account }: Snapshot): CaseFields {
  return category === 'new'
    ? { assigneeId: agentId, category: 'open', statusId: account.defaultStatus.open }
    : { assigneeId: agentId };
}

/** Of the most specific type; all changes are in one event. */
function kindOf({ assigneeId, requester, subject }: CaseFields): CaseChangeKind {
  if (assigneeId !== undefined) {
    return 'assigned';
  }
  return requester !== undefined
    ? 'requester_changed'
    : subject !== undefined
      ? 'subject_changed'
      : 'description_changed';
}
