import type { CaseState } from '../case/case-state.js';
import type { RuleTrace } from '../decision/evidence.js';
import { workOf } from '../decision/work.js';
import { answeringAgent } from '../people/answering-agent.js';
import { chooseAssignee, keptAssignee, stickyContact, type AssignmentChoice } from '../people/assignee.js';
import { customerOf } from '../people/customer.js';
import { rulingFor } from '../rule/ruling.js';
import { tracesOf } from '../rule/settled-ruling.js';
import type { Situation } from './situation.js';

/** An assignee, with the assignment rules that were asked for one. */
export interface RuledChoice extends AssignmentChoice {
  readonly rules?: readonly RuleTrace[];
}

/** A3: the owner stays when usable; else the group's strategies; else the case is new again (I-1, I-2). */
export function ownerFor(situation: Situation, target: CaseState, keeps: boolean) {
  const { snapshot } = situation;
  const kept = keeps ? keptAssignee(target, snapshot) : null;
  const assignment = kept === null ? reassigned(situation, target) : ownerStays(kept);
  // A task is always somebody's (I-6): it stays with an agent who cannot go on with it, until a person gives it away.
  const assigneeId = assignment.agentId ?? (target.type === 'task' ? target.assigneeId : null);
  const category = assigneeId === null ? 'new' : 'open';
  const statusId = snapshot.account.defaultStatus[category];
  return { assignment, fields: { assigneeId, category, statusId } as const };
}

/** Whom a case is given to that was there before. Of rules only those about its assignee count: the case is where it is. */
export function reassigned({ interaction, snapshot, moment }: Situation, target: CaseState): RuledChoice {
  const party = customerOf(interaction) ?? interaction.sender;
  const known = { requester: target.requester, match: target.requesterMatch, contact: null, party };
  const ruling = rulingFor(interaction, known, snapshot);
  const question = {
    groupId: target.groupId,
    contactId: stickyContact(target.requester, target.requesterMatch.confidence),
    answeredBy: answeringAgent(interaction, snapshot)?.id ?? null,
    ruled: ruling,
    channel: workOf(target),
    now: moment.now,
  };
  const choice = chooseAssignee(question, snapshot);
  const settled = { groupId: target.groupId, group: null, assignment: choice.evidence };
  return ruling === null ? choice : { ...choice, rules: tracesOf(ruling, settled, snapshot) };
}

function ownerStays(agentId: string): AssignmentChoice {
  const chosenBecause = 'has the case already';
  return { agentId, evidence: { rule: 'A3', strategy: null, candidatesCount: 1, chosenBecause }, turn: null };
}
