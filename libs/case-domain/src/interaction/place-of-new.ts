import type { CaseState } from '../case/case-state.js';
import type { RuleTrace } from '../decision/evidence.js';
import { workOf } from '../decision/work.js';
import { chooseGroup, groupOfAnswering, type GroupChoice } from '../new-case/group.js';
import { answeringAgent } from '../people/answering-agent.js';
import { chooseAssignee, keptAssignee, stickyContact, type AssignmentChoice } from '../people/assignee.js';
import type { RequesterResolution } from '../people/requester.js';
import { type Ruling, rulingFor } from '../rule/ruling.js';
import { tracesOf } from '../rule/settled-ruling.js';
import type { Situation } from './situation.js';

export type Relation = { readonly kind: 'follow_up' | 'related'; readonly to: CaseState } | null;

/** Where a new case goes. */
export interface PlaceOfNew {
  readonly group: GroupChoice;
  readonly assignment: AssignmentChoice;
  /** What assignment rules say; null where there are none. */
  readonly ruling: Ruling | null;
  /** The rules that were looked at, with what of them was carried out. */
  readonly traces: readonly RuleTrace[];
}

/** Group and assignee, and what rules say beside them: a follow-up may inherit both, everything else is decided anew. */
export function placeOfNew(situation: Situation, relation: Relation, resolved: RequesterResolution): PlaceOfNew {
  const { interaction, snapshot } = situation;
  const ruling = rulingFor(interaction, resolved, snapshot);
  const place = placeOf(situation, relation, resolved, ruling);
  const settled = { groupId: place.group.groupId, group: place.group, assignment: place.assignment.evidence };
  return { ...place, ruling, traces: ruling === null ? [] : tracesOf(ruling, settled, snapshot) };
}

function placeOf(
  situation: Situation,
  relation: Relation,
  resolved: RequesterResolution,
  ruling: Ruling | null,
): Pick<PlaceOfNew, 'group' | 'assignment'> {
  const { snapshot, interaction, moment } = situation;
  const before = relation?.kind === 'follow_up' ? relation.to : null;
  const heir = before !== null && snapshot.account.followUpInheritAssignee ? keptAssignee(before, snapshot) : null;
  if (before !== null && heir !== null) {
    const group: GroupChoice = { rule: 'followed_up_case', groupId: before.groupId };
    return { group, assignment: inherited(heir) };
  }
  const thread = before === null ? situation.thread : null;
  const chosen = chooseGroup(interaction, thread, snapshot, ruling?.groupId);
  const group = groupOfAnswering(interaction, chosen.groupId, snapshot) ?? chosen;
  const question = {
    groupId: group.groupId,
    contactId: stickyContact(resolved.requester, resolved.match.confidence),
    wantedBy: situation.asked?.agentId ?? null,
    answeredBy: answeringAgent(interaction, snapshot)?.id ?? null,
    ruled: ruling,
    channel: workOf(interaction),
    now: moment.now,
  };
  return { group, assignment: chooseAssignee(question, snapshot) };
}

function inherited(agentId: string): AssignmentChoice {
  const chosenBecause = 'has the case that this one follows up';
  return { agentId, evidence: { rule: 'A3', strategy: null, candidatesCount: 1, chosenBecause }, turn: null };
}
