import type { Interaction } from '#libs/interaction';
import type { Cause } from '../case/case-change.js';
import type { CaseState } from '../case/case-state.js';
import { type CaseFields, sameValue } from '../case/change.js';
import { type ChannelEndpoint, identityOf, type Snapshot } from '../decision/snapshot.js';
import { callingAgent } from '../people/answering-agent.js';
import type { AssignmentChoice } from '../people/assignee.js';
import { customerOf } from '../people/customer.js';
import { endpointOfCase } from '../people/endpoint.js';
import { externalParty } from '../people/identified.js';
import { suppliedBy } from '../people/people.js';
import { resolveRequester, type RequesterResolution, submitterOfCall } from '../people/requester.js';
import { priorityFor, tagsWith, typeFor } from '../new-case/facts-of-case.js';
import { chooseGroup, type GroupChoice, groupOfAnswering } from '../new-case/group.js';
import { type Ruling, rulingFor } from '../rule/ruling.js';
import { isOurs, type Known } from './known-family.js';
import { revisedAssignment, type RevisedAssignment } from './revised-assignment.js';
import { viaOf } from '../new-case/via.js';
import { wordsFor } from '../new-case/words.js';

/** What a case says otherwise since. */
export interface Revision {
  readonly fields: CaseFields;
  readonly requester: RequesterResolution | null;
  readonly assignment: AssignmentChoice | null;
  readonly evidence: Cause['details'];
}

/**
 * What the case of a call says as if all had been known from the start, only in fields that nobody else has set since:
 * 1. requester, where somebody else is known now; 2. subject and description; 3. source and origin; 4. the line's group,
 * priority and type, or those that assignment rules give; 5. tags; 6. when who was heard, where nothing else is in the case; 7. the assignee.
 * Of a case that was there before only tags and an assignee that the call itself has brought.
 */
export function revisionOf(known: Known): Revision {
  const { state, view, snapshot } = known;
  const isOrigin = known.family.some(({ id }) => id === state.originInteractionId);
  const requester = isOrigin ? revisedRequester(known) : null;
  const ruling = isOrigin ? revisedRuling(known, requester) : null;
  const group = isOrigin ? revisedGroup(known, ruling) : null;
  const assignment = revisedAssignment(known, isOrigin, group?.groupId ?? null);
  const tags = tagsWith(state.tags, known.added);
  const wished: CaseFields = {
    ...(requester === null ? {} : requesterFields(requester)),
    ...(isOrigin ? originFields(known, requester, ruling) : {}),
    ...(group === null || assignment === 'stays' ? {} : { groupId: group.groupId }),
    ...(tags === null ? {} : { tags }),
    ...(assignment === 'stays' || assignment === null ? {} : assigneeFields(assignment, state, snapshot)),
  };
  const fields = Object.fromEntries(
    Object.entries(wished).filter(([name, value]) => !sameValue(state[name as keyof CaseState], value)),
  );
  const chosen = assignment === 'stays' ? null : assignment;
  return {
    fields,
    requester: 'requester' in fields ? requester : null,
    assignment: chosen,
    evidence: {
      ...(chosen === null ? {} : { assignment: chosen.evidence }),
      ...(group === null || !('groupId' in fields) ? {} : { group_rule: group.rule }),
      ...('source' in fields ? { outcome: view.outcome } : {}),
    },
  };
}

function originFields(known: Known, requester: RequesterResolution | null, ruling: Ruling | null): CaseFields {
  const { state, view, snapshot } = known;
  const words = wordsFor(view, requester?.match ?? state.requesterMatch, snapshot);
  const endpoint = endpointOfCase(view, state, snapshot);
  const rel = state.via.rel === 'follow_up' ? 'follow_up' : view.direction;
  return {
    ...(isOurs(known, 'subject') ? { subject: words.subject } : {}),
    ...(isOurs(known, 'description') ? { description: words.text } : {}),
    ...(isOurs(known, 'source')
      ? {
          source: view.source,
          via: viaOf(view, rel),
          originInteractionId: view.id,
          endpointId: endpoint?.id ?? state.endpointId,
        }
      : {}),
    ...(isOurs(known, 'requester') ? { supplied: suppliedBy(customerOf(view) ?? view.sender) } : {}),
    ...(isOurs(known, 'priority') ? { priority: ruling?.priority ?? priorityFor(view, endpoint) } : {}),
    ...(isOurs(known, 'type') && isAsItsLineHadIt(state, snapshot)
      ? { type: ruledType(ruling) ?? typeFor(endpoint) }
      : {}),
    ...(isOurs(known, 'requester') && view.direction === 'outbound'
      ? { submitter: submitterOfCall(view, snapshot) }
      : {}),
    ...timesOf(known),
  };
}

/** A type that carries more with it than a word is left to whoever gave it. */
function isAsItsLineHadIt({ type, endpointId }: CaseState, { endpoints }: Snapshot): boolean {
  for (const endpoint of endpoints.values()) {
    if (endpoint.id === endpointId) {
      return type === typeFor(endpoint);
    }
  }
  return type === typeFor(null);
}

/** Where nothing but the family was said, the times are the family's, however early it was known to have begun. */
function timesOf({ state, family, view, snapshot }: Known): CaseFields {
  if (state.interactionCount !== family.length || state.commentCount > 0) {
    return {};
  }
  const lastOf = (members: readonly Interaction[]): string | null =>
    members.reduce<string | null>(
      (last, { occurredAt }) => (last !== null && last > occurredAt ? last : occurredAt),
      null,
    );
  const ours = family.filter(({ direction }) => direction === 'outbound');
  const isTold = family.length > 1 || callingAgent(view, snapshot) !== null;
  return {
    lastRequesterAt: lastOf(family.filter(({ direction }) => direction !== 'outbound')),
    lastAgentAt: isTold ? lastOf(ours) : null,
  };
}

function revisedRequester(known: Known): RequesterResolution | null {
  const { state, view, snapshot, moment } = known;
  const customer = customerOf(view);
  const shows = customer?.kind === 'phone' && suppliedBy(customer).phone !== state.supplied.phone;
  const named = view.contact ? snapshot.identities.has(identityOf(externalParty(view.contact))) : false;
  const isNews = shows || (named && state.requesterMatch.method !== 'R1');
  return isNews && isOurs(known, 'requester') ? resolveRequester(view, snapshot, moment) : null;
}

function requesterFields({ requester, submitter, match, party }: RequesterResolution): CaseFields {
  return { requester, submitter, requesterMatch: match, supplied: suppliedBy(party) };
}

/** What assignment rules say of all that is known by now. */
function revisedRuling({ state, view, snapshot }: Known, requester: RequesterResolution | null): Ruling | null {
  const party = customerOf(view) ?? view.sender;
  const known = requester ?? { requester: state.requester, match: state.requesterMatch, contact: null, party };
  return rulingFor(view, known, snapshot);
}

/** A case becomes an incident when it begins, or by hand: its problem comes with it. */
function ruledType(ruling: Ruling | null): CaseState['type'] {
  return ruling === null || ruling.type === 'incident' ? null : ruling.type;
}

/** That of another line than was known before, that a rule gives, or of whoever answered. */
function revisedGroup(known: Known, ruling: Ruling | null): GroupChoice | null {
  const { state, view, snapshot } = known;
  if (!isOurs(known, 'groupId')) {
    return null;
  }
  const endpoint: ChannelEndpoint | null = endpointOfCase(view, state, snapshot);
  const isOtherLine = endpoint !== null && endpoint.id !== state.endpointId;
  const ruled = ruling?.groupId ?? null;
  const chosen = isOtherLine || ruled !== null ? chooseGroup(view, null, snapshot, ruled) : null;
  const moved = groupOfAnswering(view, chosen?.groupId ?? state.groupId, snapshot) ?? chosen;
  return moved === null || moved.groupId === state.groupId ? null : moved;
}

function assigneeFields({ agentId }: RevisedAssignment, { category }: CaseState, { account }: Snapshot): CaseFields {
  if (agentId === null) {
    return { assigneeId: null, category: 'new', statusId: account.defaultStatus.new };
  }
  return category === 'new'
    ? { assigneeId: agentId, category: 'open', statusId: account.defaultStatus.open }
    : { assigneeId: agentId };
}
