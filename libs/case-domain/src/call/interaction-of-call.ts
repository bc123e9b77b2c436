import {
  callConversationKey,
  type CallParty,
  externalIdAt,
  type Interaction,
  interactionId,
  type Occasion,
  type Party,
  providerOf,
  type Recipient,
  type Talker,
} from '#libs/interaction';
import { type CallRecord, DIGEST_CHARACTERS, MOST_MOMENTS } from './call-record.js';
import { customerOf } from './customer-of-call.js';
import { type CallSummary, summaryOf } from './call-summary.js';
import { type CallTimes, USUAL_CALL_TIMES } from './call-times.js';
import { hasPassed } from './deadlines-of-call.js';
import { outcomeOfCall } from './outcome.js';
import { soundFiles } from './sound-files.js';
import type { Talk } from './talks.js';

/** Calls that began longer before they were told of open no case. Milliseconds. */
const OLDEST_CALL = 30 * 24 * 60 * 60 * 1000;

/** Names under which others may refer to a call: its own, and those of its legs. */
const MOST_NAMES = 10;
const MOST_TALKERS = 100;

/**
 * The interaction that a call amounts to so far. Rules read who called whom, what came of it and who talked; that it
 * was a call, and which provider's, they need not know.
 */
export function interactionOfCall(
  record: CallRecord,
  times: CallTimes = USUAL_CALL_TIMES,
): Omit<Interaction, 'details'> {
  const summary = summaryOf(record);
  const { accountId, connection, callId, receivedAt, told } = record;
  const externalId = externalIdAt(connection, callId);
  const id = interactionId(accountId, 'call', externalId);
  const customer = partyOf(customerOf(record.said, summary.direction), id);
  const line = lineOf(record, summary);
  const outcome = outcomeOfCall(summary, { message: false, overdue: hasPassed(record, 'overdue') });
  const flags = flagsOf(record, summary, isShort(summary, outcome, times));
  return {
    schema: 1,
    id,
    accountId,
    channel: 'call',
    provider: providerOf(connection),
    externalId,
    conversationKey: callConversationKey(accountId, record.parents[0] ?? externalId),
    direction: summary.direction,
    source: summary.direction === 'outbound' ? 'call_outbound' : 'call_inbound',
    occasion: flags.includes('too_old') || flags.includes('short_call') ? null : occasionOf(summary, outcome),
    handling: record.test ? 'record_only' : 'ordinary',
    occurredAt: summary.startedAt,
    receivedAt,
    outcome,
    talkers: summary.talks.slice(0, MOST_TALKERS).flatMap(talkerOf),
    told: told.sequence === null ? { at: told.at } : told,
    endpoint: { kind: 'phone_number', address: line ?? connection, connection },
    sender: summary.direction === 'outbound' ? callerOf(summary, id) : customer,
    recipients: recipientsOf(summary, customer, line),
    trust: trustOf(record),
    references: referencesOf(record),
    threadKeys: namesOf(record).map((value) => ({ kind: 'call_id', value })),
    content: {
      subject: subjectOf(summary, outcome, customer),
      text: descriptionOf(record, summary),
      attachments: soundFiles(
        record.recordings.map(({ said }) => said),
        'Recording',
      ),
    },
    flags,
    ...(record.tags.length === 0 ? {} : { tags: [...record.tags] }),
    ...(record.said.contact === undefined ? {} : { contact: record.said.contact.value }),
  };
}

/** On what a case may be opened; null on nothing (channels.md F). */
function occasionOf({ direction }: CallSummary, outcome: Interaction['outcome']): Occasion | null {
  switch (outcome) {
    case 'answered':
      return direction === 'outbound' ? 'call_outbound_answered' : 'call_inbound_answered';
    case 'missed':
    case 'unknown':
      return direction === 'outbound' ? null : 'call_missed';
    case 'abandoned':
      return 'call_abandoned';
    default:
      return null;
  }
}

/** Our side of the call: what was told, else the number that was called, or that we called from. */
function lineOf({ said }: CallRecord, { direction }: CallSummary): string | null {
  const ours = (direction === 'outbound' ? said.from : said.to)?.value;
  return said.line?.value ?? ours?.number ?? ours?.extension ?? null;
}

/**
 * Somebody by their number. Whoever hides it is nobody: all of them together would be one person otherwise. Of who calls from
 * an extension that is kept as it was written: an agent may have it, and no customer is known by it.
 */
export function partyOf(party: CallParty | null, id: string): Party {
  const name = party?.name ? { name: party.name } : {};
  return party?.number && party.presentation === 'allowed'
    ? { kind: 'phone', value: party.number, ...name, ...(isAsWritten(party) ? {} : { raw: party.raw }) }
    : { kind: 'anonymous', value: id, ...name, ...(party?.extension ? { raw: party.extension } : {}) };
}

function isAsWritten({ raw, number }: CallParty): boolean {
  return !raw || raw === number;
}

/** The agent who made an outbound call, where the telephone system says who it was. */
function callerOf({ talks, rang, legs }: CallSummary, id: string): Party {
  const agent = talks[0]?.agent ?? rang[0] ?? legs.flatMap(({ agents }) => agents)[0];
  const name = agent?.name ? { name: agent.name } : {};
  return agent?.email ? { kind: 'email', value: agent.email, ...name } : { kind: 'anonymous', value: id, ...name };
}

function recipientsOf({ direction }: CallSummary, customer: Party, line: string | null): Recipient[] {
  if (direction === 'outbound') {
    return [{ ...customer, role: 'to' }];
  }
  return line === null ? [] : [{ kind: 'phone', value: line, role: 'to' }];
}

function talkerOf({ agent, from, until }: Talk): Talker[] {
  return agent === null ? [] : [{ agent, from, until }];
}

function trustOf({ verified }: CallRecord): Interaction['trust'] {
  return verified
    ? { verdict: 'pass', reason: 'the caller proved it to the telephone system' }
    : { verdict: 'unknown', reason: "a caller's number proves nobody" };
}

/** The case that it was dialled from, then the calls that it continues, then those that continue it. */
function referencesOf({ said, parents, continuations }: CallRecord): Interaction['references'] {
  const chosen = said.caseNumber?.value;
  const calls = [...parents, ...continuations].map((value) => ({ kind: 'call_id', value, via: 'root_call' }) as const);
  return chosen === undefined ? calls : [{ kind: 'case_number', value: chosen, via: 'chosen_case' }, ...calls];
}

/** A provider may name one of its legs where it means the call. */
function namesOf({ connection, callId, parents, moments }: CallRecord): string[] {
  const legs = new Set(moments.flatMap(({ legId }) => legId ?? []));
  const own = [callId, ...legs].map((id) => externalIdAt(connection, id));
  return [...new Set(own)].filter((name) => !parents.includes(name)).slice(0, MOST_NAMES);
}

/** A case puts the time behind it, by the clocks of its account. */
function subjectOf({ direction }: CallSummary, outcome: Interaction['outcome'], customer: Party): string {
  const who = customer.kind === 'phone' ? customer.value : 'withheld number';
  if (direction === 'outbound') {
    return `Call to ${who}`;
  }
  switch (outcome) {
    case 'missed':
    case 'unknown':
      return `Missed call from ${who}`;
    case 'abandoned':
      return `Abandoned call from ${who}`;
    default:
      return `Call from ${who}`;
  }
}

/** What people want to know of a call, one thing a line; a case begins with the line that it came in by. */
function descriptionOf({ said }: CallRecord, summary: CallSummary): string {
  const { durations, talks, menuPath } = summary;
  const agents = talks.map(({ agent }) => agent?.name ?? agent?.email ?? agent?.extension ?? agent?.id ?? 'somebody');
  const lines: [string, string | null | undefined][] = [
    ['Queue', said.queue?.value],
    ['Menu', menuPath.length === 0 ? null : menuPath.join(' > ')],
    ['Waited', durations.wait === null ? null : spoken(durations.wait)],
    ['Talked', durations.talk === null ? null : spoken(durations.talk)],
    ['Agents', agents.length === 0 ? null : [...new Set(agents)].join(', ')],
  ];
  return lines.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join('\n');
}

/** Milliseconds as people say them: `41 s`, `2 min 5 s`. */
export function spoken(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Who gave up so soon has dialled a wrong number, or thought better of it. Of which only the end is known, nobody knows. */
function isShort(
  { startedAt, endedAt }: CallSummary,
  outcome: Interaction['outcome'],
  { shortCallSeconds }: CallTimes,
): boolean {
  const seconds = endedAt === null ? Infinity : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return outcome === 'abandoned' && seconds > 0 && seconds < shortCallSeconds;
}

function flagsOf(record: CallRecord, { startedAt }: CallSummary, short: boolean): string[] {
  return [
    ...(record.test ? ['test'] : []),
    ...(record.implausible ? ['time_implausible'] : []),
    ...(hasReused(record.events) ? ['id_reused'] : []),
    ...(isTooOld(record.receivedAt, startedAt) ? ['too_old'] : []),
    ...(short ? ['short_call'] : []),
    ...(record.moments.length === MOST_MOMENTS ? ['too_many_facts'] : []),
  ];
}

/** Whether one id of the provider came with two contents. */
export function hasReused(events: readonly string[]): boolean {
  const ids = events.map((event) => event.slice(0, -DIGEST_CHARACTERS - 1));
  return new Set(ids).size < ids.length;
}

/** Whether it was over long before it was told of. ISO instants. */
export function isTooOld(receivedAt: string, at: string): boolean {
  return Date.parse(receivedAt) - Date.parse(at) > OLDEST_CALL;
}
