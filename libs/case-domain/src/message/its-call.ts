import type { Interaction } from '#libs/interaction';
import type { CallRecord } from '../call/call-record.js';
import { summaryOf } from '../call/call-summary.js';
import type { CaseState } from '../case/case-state.js';
import type { SpokenBeside } from '../decision/beside.js';
import type { Snapshot } from '../decision/snapshot.js';
import { survivorOf } from '../decision/survivor.js';
import { callerOf } from '../people/customer.js';
import { endpointOf } from '../people/endpoint.js';
import type { Thread } from '../thread/thread.js';
import { isVoicemail, traitsOf } from './traits-of-voicemail.js';

/** So long after the end of its call a message may be said to have been left. Milliseconds. */
export const LEFT_AFTER_MS = 120_000;
/** What was decided of these is not that they belong to a case. */
const NOT_DECIDED = /^(suspended|rejected|erased|duplicate)$/;

/**
 * A message of which nobody told the call, and the call (channels.md G): the one inbound call of the same number, on a line
 * of the same group or on the line that has the box, that nobody took and during which or shortly after which it was
 * left; two such calls: none. Asked of the message and of the call, so that either may come first.
 */
export function withItsCall(thread: Thread, interaction: Interaction, snapshot: Snapshot): Thread {
  if (thread.target !== null || interaction.direction !== 'inbound' || callerOf(interaction) === null) {
    return thread;
  }
  const found = isVoicemail(interaction) ? callOf(interaction, snapshot) : messageOf(interaction, snapshot);
  const target = found?.caseId ? takingCase(found.caseId, snapshot) : null;
  if (target === null) {
    return thread;
  }
  const rule = isVoicemail(interaction) ? 'its_call' : 'its_voicemail';
  const matched = { kind: 'interaction', value: found?.interaction.id ?? '' };
  return { ...thread, target, evidence: { ...thread.evidence, rule, matched, namedCaseId: target.id } };
}

/** Cases in the trash are left alone. */
function takingCase(caseId: string, snapshot: Snapshot): CaseState | null {
  const state = survivorOf(caseId, snapshot);
  return state === null || state.deletedAt !== null ? null : state;
}

function callOf(voicemail: Interaction, snapshot: Snapshot): SpokenBeside | null {
  const calls = [...snapshot.beside.values()].filter(({ interaction, outcome }) => {
    return !NOT_DECIDED.test(outcome) && isItsCall(interaction, voicemail, snapshot);
  });
  const named = calls.filter(({ interaction }) => isNamed(interaction, voicemail));
  const [only, ...others] = named.length > 0 ? named : calls;
  return only === undefined || others.length > 0 ? null : only;
}

/** The first message that has a case and whose call this is. */
function messageOf(call: Interaction, snapshot: Snapshot): SpokenBeside | null {
  const fitting = [...snapshot.beside.values()].filter(({ interaction, outcome, caseId }) => {
    const isDecided = isVoicemail(interaction) && caseId !== null && !NOT_DECIDED.test(outcome);
    return isDecided && isItsCall(call, interaction, snapshot);
  });
  if (fitting.length === 0) {
    return null;
  }
  // The call as it is known by now, among the others: a message may have been left in two of them.
  const beside = new Map(snapshot.beside).set(call.id, { interaction: call, outcome: 'waiting', caseId: null });
  const messages = fitting
    .filter(({ interaction }) => callOf(interaction, { ...snapshot, beside })?.interaction.id === call.id)
    .sort((one, other) => (one.interaction.occurredAt < other.interaction.occurredAt ? -1 : 1));
  return messages[0] ?? null;
}

/** Telephone systems that tell a message's call are taken at their word, and nothing is guessed. */
function isItsCall(call: Interaction, voicemail: Interaction, snapshot: Snapshot): boolean {
  const isCandidate = !isVoicemail(call) && call.direction === 'inbound' && callerOf(call) === callerOf(voicemail);
  if (!isCandidate) {
    return false;
  }
  const { way, call: told } = traitsOf(voicemail);
  const isOpen = way === 'mail' || told === null;
  return isOpen && (isNamed(call, voicemail) || (wasLeftIn(call, voicemail) && isOnItsLine(call, voicemail, snapshot)));
}

/** A mail tells the call as its telephone system names it, and not by which connection that tells us of calls. */
function isNamed({ details }: Interaction, voicemail: Interaction): boolean {
  const { way, call } = traitsOf(voicemail);
  return way === 'mail' && call !== null && details['callId'] === call;
}

function wasLeftIn(call: Interaction, { occurredAt: leftAt }: Interaction): boolean {
  const { startedAt, endedAt, isConnected } = timesOf(call);
  const end = endedAt === null ? Number.NaN : Date.parse(endedAt) + LEFT_AFTER_MS;
  return !isConnected && startedAt <= leftAt && Date.parse(leftAt) <= end;
}

function isOnItsLine(call: Interaction, voicemail: Interaction, snapshot: Snapshot): boolean {
  const line = endpointOf(call, snapshot);
  const names = [traitsOf(voicemail).mailbox, voicemail.endpoint?.address ?? null];
  const ofBox = [...snapshot.endpoints.values()].filter(
    ({ active, mailboxes }) => active && mailboxes.some((box) => names.includes(box)),
  );
  if (ofBox.length > 0) {
    return line !== null && ofBox.some(({ id }) => id === line.id);
  }
  const { defaultGroupId } = snapshot.account;
  return (line?.groupId ?? defaultGroupId) === (endpointOf(voicemail, snapshot)?.groupId ?? defaultGroupId);
}

/** A call that somebody told at once is over when it is told. */
export function timesOf(call: Interaction): { startedAt: string; endedAt: string | null; isConnected: boolean } {
  if (!('moments' in call.details)) {
    return { startedAt: call.occurredAt, endedAt: call.occurredAt, isConnected: call.outcome === 'answered' };
  }
  const { startedAt, endedAt, agentConnectedAt } = summaryOf(call.details as unknown as CallRecord);
  return { startedAt, endedAt, isConnected: agentConnectedAt !== null };
}
