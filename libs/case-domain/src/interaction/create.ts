import type { Interaction } from '#libs/interaction';
import type { CaseState } from '../case/case-state.js';
import { beginCase, type Changed } from '../case/change.js';
import { threadClaims } from '../thread/claims.js';
import type { CaseChangeKind, Cause } from '../case/case-change.js';
import type { NewLink } from '../case/link.js';
import type { InteractionDecision } from '../decision/decision.js';
import { viaOf } from '../new-case/via.js';
import { effectsOf, type Effects } from '../decision/effects.js';
import type { OpenedVerdict, RecordedBecause } from '../decision/verdict.js';
import { endpointOf, isOfNoLine, opensCases } from '../people/endpoint.js';
import { isForward } from '../people/forward.js';
import { priorityFor, tagsOf, tagsWith, typeFor } from '../new-case/facts-of-case.js';
import type { Ruling } from '../rule/ruling.js';
import { rulesInDetails } from '../rule/settled-ruling.js';
import { inheritedParticipants, participantsOf } from '../people/participants.js';
import { isSpoken, suppliedBy } from '../people/people.js';
import { resolveRequester, type RequesterResolution } from '../people/requester.js';
import type { ChannelEndpoint, Snapshot } from '../decision/snapshot.js';
import { type PlaceOfNew, placeOfNew, type Relation } from './place-of-new.js';
import { because, causedBy, evidenceOf, recorded, threadFlags, withConflicts, type Situation } from './situation.js';
import type { Thread } from '../thread/thread.js';
import { wordsFor, type Words } from '../new-case/words.js';

interface Parts extends PlaceOfNew {
  readonly resolved: RequesterResolution;
  readonly relation: Relation;
}

/**
 * A new case, unless the account does not open cases on this occasion:
 * 1. requester; 2. what assignment rules say; 3. group; 4. assignee; 5. state and its first event; 6. thread keys.
 */
export function createCase(situation: Situation, relation: Relation): InteractionDecision {
  const { interaction, snapshot } = situation;
  if (situation.asked === null && !opensCases(interaction, snapshot)) {
    const { sentence, reason } = whyNoCase(situation);
    return recorded(because(situation, sentence), reason, relation?.to.id ?? null);
  }
  const resolved = resolveRequester(interaction, snapshot, situation.moment);
  const parts = { resolved, relation, ...placeOfNew(situation, relation, resolved) };
  const details = detailsOf(parts, situation.thread);
  const begun = beginCase(
    newState(situation, parts),
    firstEventOf(relation),
    causedBy(situation, resolved.submitter, details),
  );
  const evidence = evidenceOf(situation, {
    requester: resolved.match,
    group: parts.group,
    assignment: parts.assignment.evidence,
    ...(parts.ruling === null ? {} : { rules: parts.traces }),
  });
  return {
    verdict: verdictOf(situation, parts, begun.state.id),
    effects: effectsFor(situation, parts, begun),
    evidence,
  };
}

function whyNoCase({ interaction, snapshot }: Situation): { sentence: string; reason: RecordedBecause } {
  const { occasion, outcome, flags, endpoint } = interaction;
  if (flags.includes('too_old')) {
    return { sentence: 'It was over long before we were told of it.', reason: 'too_old' };
  }
  if (flags.includes('short_call')) {
    return { sentence: 'The caller gave up too soon to want anything.', reason: 'short_call' };
  }
  if (outcome === 'blocked') {
    return { sentence: 'The telephone system refused it.', reason: 'blocked_call' };
  }
  if (isOfNoLine(interaction, snapshot)) {
    const sentence = `The line ${endpoint?.address ?? 'that it came in by'} is not set up.`;
    return { sentence, reason: 'endpoint_not_configured' };
  }
  const sentence =
    occasion === null ? 'It is nothing to open a case on.' : `The account opens no case on the occasion ${occasion}.`;
  return { sentence, reason: 'auto_create_off' };
}

function verdictOf({ interaction }: Situation, { resolved, relation }: Parts, caseId: string): OpenedVerdict {
  return {
    outcome: relation?.kind === 'follow_up' ? 'followed_up' : 'created',
    caseId,
    relation: relation === null ? null : { kind: relation.kind, caseId: relation.to.id },
    visibility: isSpoken(interaction) ? 'internal' : visibilityOf(interaction),
    requester: resolved.requester,
    submitter: resolved.submitter,
  };
}

function effectsFor(situation: Situation, { resolved, assignment, relation }: Parts, begun: Changed): Effects {
  const { id } = begun.state;
  const related = (situation.thread.related ?? []).map((to): Relation => ({ kind: 'related', to }));
  const links = [relation, ...related].flatMap((one) => (one === null ? [] : [linkTo(one, id, situation)]));
  return effectsOf({
    cases: withConflicts(begun, situation),
    threads: threadClaims(situation.interaction, id, situation.snapshot),
    ...(resolved.contact === null ? {} : { contacts: [resolved.contact] }),
    ...(assignment.turn === null ? {} : { turns: [assignment.turn] }),
    ...(links.length === 0 ? {} : { links }),
  });
}

function linkTo({ kind, to }: NonNullable<Relation>, caseId: string, { moment }: Situation): NewLink {
  return { id: moment.newId(), fromCaseId: caseId, toCaseId: to.id, kind, createdBy: null };
}

/** What an agent writes above a mail that she forwards is for colleagues; the case's description has the customer's words. */
function visibilityOf({ forwarded }: Interaction): OpenedVerdict['visibility'] {
  return isForward(forwarded) && (forwarded.note ?? '') !== '' ? 'internal' : 'public';
}

function firstEventOf(relation: Relation): CaseChangeKind {
  return relation?.kind === 'follow_up' ? 'follow_up_created' : 'created';
}

function detailsOf({ group, assignment, relation, traces }: Parts, thread: Thread): Cause['details'] {
  const flags = threadFlags(thread);
  const beside = (thread.related ?? []).map(({ id }) => id);
  const related = relation === null ? {} : { relation: { kind: relation.kind, case_id: relation.to.id } };
  return {
    group_rule: group.rule,
    assignment: assignment.evidence,
    ...rulesInDetails(traces),
    ...related,
    ...(beside.length === 0 ? {} : { related: beside }),
    ...(flags.length === 0 ? {} : { flags }),
  };
}

/** A case that an interaction opens. */
interface Newborn extends Parts, Situation {
  readonly id: string;
  readonly category: 'new' | 'open';
  readonly endpoint: ChannelEndpoint | null;
  readonly words: Words;
  /** The case that it follows up. */
  readonly before: CaseState | null;
  readonly tags: readonly string[];
}

function newState(situation: Situation, parts: Parts): CaseState {
  const { interaction, moment, snapshot } = situation;
  const { assignment, relation } = parts;
  const before = relation?.kind === 'follow_up' ? relation.to : null;
  return stateOf({
    ...situation,
    ...parts,
    id: moment.newId(),
    category: assignment.agentId === null ? 'new' : 'open',
    endpoint: endpointOf(interaction, snapshot),
    words: wordsFor(interaction, parts.resolved.match, snapshot),
    before,
    tags: tagsOfNew(before, interaction, parts.ruling),
  });
}

function tagsOfNew(before: CaseState | null, interaction: Interaction, ruling: Ruling | null): readonly string[] {
  const inherited = before?.tags ?? [];
  const told = tagsOf(interaction);
  return tagsWith(inherited, ruling === null ? told : [...new Set([...told, ...ruling.tags])]) ?? inherited;
}

/** One literal: an object of so many fields that is put together from parts takes a third off what the ledger settles. */
const stateOf = (born: Newborn): CaseState => ({
  id: born.id,
  accountId: born.interaction.accountId,
  number: null,
  subject: born.words.subject,
  description: born.words.text,
  statusId: born.snapshot.account.defaultStatus[born.category],
  category: born.category,
  closedAt: null,
  closedReason: null,
  resolvedAt: null,
  resolution: null,
  resolutionSource: null,
  priority: born.ruling?.priority ?? priorityFor(born.interaction, born.endpoint),
  type: born.ruling?.type ?? typeFor(born.endpoint),
  dueOn: null,
  dueAt: null,
  dueTimeZone: null,
  problemId: born.ruling?.problemId ?? null,
  parentId: null,
  groupId: born.group.groupId,
  assigneeId: born.assignment.agentId,
  autoAssign: true,
  requester: born.resolved.requester,
  requesterMatch: born.resolved.match,
  supplied: suppliedBy(born.resolved.party),
  submitter: born.resolved.submitter,
  participants: participantsFor(born.interaction, born.before, born.resolved, born.snapshot),
  source: born.interaction.source,
  via: viaOf(born.interaction, born.before === null ? born.interaction.direction : 'follow_up'),
  endpointId: born.endpoint?.id ?? null,
  originInteractionId: born.interaction.id,
  followUpOfId: born.before?.id ?? null,
  rootCaseId: born.before?.rootCaseId ?? born.id,
  mergedIntoId: null,
  tags: born.tags,
  customFields: born.before?.customFields ?? {},
  excludeFromAutoClose: false,
  reopenCount: 0,
  interactionCount: 1,
  commentCount: 0,
  firstResponseAt: null,
  lastRequesterAt: born.interaction.direction === 'outbound' ? null : born.interaction.occurredAt,
  lastAgentAt: born.resolved.submitter.kind === 'agent' ? born.interaction.occurredAt : null,
  version: 1,
  createdAt: born.moment.now,
  updatedAt: born.moment.now,
  deletedAt: null,
});

/** A follow-up copies participants, tags and custom fields, and neither priority nor type (domain.md §6). */
function participantsFor(
  interaction: Interaction,
  before: CaseState | null,
  { party }: RequesterResolution,
  snapshot: Snapshot,
): string[] {
  const own = participantsOf(interaction, party, snapshot);
  return before === null ? own : inheritedParticipants(before, party, own);
}
