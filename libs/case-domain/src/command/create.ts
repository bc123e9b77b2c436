import type { CaseState } from '../case/case-state.js';
import { NOTHING_YET } from '../case/nothing-yet.js';
import { beginCase } from '../case/change.js';
import type { AssignmentEvidence } from '../decision/evidence.js';
import { amend } from './amend.js';
import { causedByAsker, type Circumstances } from './circumstances.js';
import { agentBehind, type Asker, type CreateCommand } from './command.js';
import { type CommandDecision, done } from './command-decision.js';
import { type HeardWish, hearWish } from './hear-wish.js';
import { linkByHand } from './link.js';
import { caseCalled } from './names.js';
import type { Refusal } from './refusal.js';
import { refuse, refuseFaulty } from './refuse.js';
import { requesterOfAgent } from './requester.js';

/** A case that somebody asks for: amended out of nothing, by the rules that change one. */
export function createByHand(command: CreateCommand, circumstances: Circumstances): CommandDecision | Refusal {
  const { findings, moment } = circumstances;
  const followed = followedBy(command, circumstances);
  const wish = inheriting(withRequester(hearWish(command.wish, circumstances), circumstances), followed);
  const before = unbornCase(command, wish, followed, circumstances);
  const { fields, assignment, turn, contact } = amend({ before, from: 'nothing', wish }, circumstances);
  if (wish.subject === undefined) {
    findings.fault('/subject', 'field-required', 'A case has a subject.');
  }
  const { conflicting } = findings;
  const refused = refuseFaulty(findings) ?? (conflicting === null ? null : refuse(conflicting));
  if (refused !== null) {
    return refused;
  }
  const state: CaseState = { ...before, ...fields, version: 1, createdAt: moment.now, updatedAt: moment.now };
  const cause = causedByAsker(circumstances, detailsOf(assignment, followed));
  const begun = beginCase(state, followed === null ? 'created' : 'follow_up_created', cause);
  return done(begun, {
    ...(turn === null ? {} : { turns: [turn] }),
    ...(contact === null ? {} : { contacts: [contact] }),
    ...(followed === null ? {} : { links: [linkByHand(state.id, followed.id, 'follow_up', circumstances)] }),
  });
}

function detailsOf(assignment: AssignmentEvidence | null, followed: CaseState | null): Record<string, unknown> {
  return {
    ...(assignment === null ? {} : { assignment }),
    ...(followed === null ? {} : { relation: { kind: 'follow_up', case_id: followed.id } }),
  };
}

/** R8: a case is for whoever asks for it, when that is a person. */
function withRequester(wish: HeardWish, { asker, findings }: Circumstances): HeardWish {
  if (wish.requester !== undefined) {
    return wish;
  }
  const agentId = agentBehind(asker);
  if (agentId !== null) {
    return { ...wish, requester: requesterOfAgent(agentId) };
  }
  if (findings.faults.every(({ pointer }) => !pointer.startsWith('/requester'))) {
    findings.fault('/requester', 'requester-required', 'Say whom the case is for, or on whose behalf it is opened.');
  }
  return wish;
}

/** The case that this one follows up by hand: one that nobody works on any more. */
function followedBy({ followUpOf }: CreateCommand, { snapshot, findings }: Circumstances): CaseState | null {
  const followed = followUpOf === null ? null : caseCalled(followUpOf, snapshot);
  if (followUpOf !== null && followed === null) {
    findings.fault('/follow_up_of_id', 'unknown-case', 'The account has no such case.');
  } else if (followed !== null && (followed.category !== 'resolved' || followed.deletedAt !== null)) {
    const detail = 'Only a resolved or closed case is followed up: go on in this one.';
    findings.fault('/follow_up_of_id', 'target-not-allowed', detail);
  }
  return followed;
}

/** A follow-up copies tags and participants, unless others are given, and begins with the custom fields (domain.md §6). */
function inheriting(wish: HeardWish, followed: CaseState | null): HeardWish {
  if (followed === null) {
    return wish;
  }
  const { tags, participants } = followed;
  return { tags, participants, ...wish };
}

const NOBODY = { kind: 'contact', id: '' } as const;

/** The case before anything is said about it. */
function unbornCase(
  { caseId, source, asker }: CreateCommand,
  wish: HeardWish,
  followed: CaseState | null,
  { snapshot, moment }: Circumstances,
): CaseState {
  const id = caseId ?? moment.newId();
  return {
    ...NOTHING_YET,
    id,
    accountId: snapshot.account.id,
    number: null,
    subject: '',
    description: '',
    statusId: snapshot.account.defaultStatus.new,
    category: 'new',
    priority: null,
    type: null,
    groupId: snapshot.account.defaultGroupId,
    assigneeId: null,
    requester: NOBODY,
    requesterMatch: { method: 'R8', confidence: 'exact', candidates: [] },
    supplied: wish.requester?.supplied ?? { name: null, email: null, phone: null },
    submitter: submitterOf(asker),
    participants: [],
    source,
    via: { channel: source, from: asker.actor.id, to: null, rel: followed === null ? null : 'follow_up' },
    endpointId: null,
    originInteractionId: null,
    followUpOfId: followed?.id ?? null,
    rootCaseId: followed?.rootCaseId ?? id,
    tags: [],
    customFields: followed?.customFields ?? {},
    interactionCount: 0,
    lastRequesterAt: null,
    lastAgentAt: null,
    version: 0,
    createdAt: moment.now,
    updatedAt: moment.now,
  };
}

function submitterOf(asker: Asker): CaseState['submitter'] {
  const agentId = agentBehind(asker);
  return agentId === null ? { kind: 'app', id: asker.actor.id } : { kind: 'agent', id: agentId };
}
