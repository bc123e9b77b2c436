import {
  type CallFact,
  type CallParty,
  type ContactReference,
  externalIdAt,
  type ProviderTime,
  type Recording,
  type Transcript,
} from '#libs/interaction';
import { BY_RECORDING_STATUS, fullestParty } from './choices.js';
import { compareMoments, type Moment, momentsOf, plausibleTime } from './moment.js';
import { asSet, compareText, earliest, joinMembers, type Members, saidBy, type Told, union } from './said.js';
import { joinTexts } from './texts.js';

/** What a call says of itself beside what happened in it. */
export interface CallDescription {
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly from: CallParty;
  readonly to: CallParty;
  /** Of a leg, where the whole call does not say it. */
  readonly legFrom: CallParty;
  readonly legTo: CallParty;
  readonly divertedFrom: CallParty;
  readonly line: string;
  readonly queue: string;
  readonly contact: ContactReference;
  readonly caseNumber: string;
  readonly data: Record<string, unknown>;
}

/** The leg that was recorded, where that is told. */
export type LegRecording = Recording & { readonly legId?: string };
export type RecordingRecord = { readonly id: string; readonly said: Members<LegRecording> };
/** `id` is that of its recording, empty where none is named. */
export type TranscriptRecord = { readonly id: string; readonly said: Members<Transcript> };

/**
 * What all facts about a call say together. Each member is joined by an operation that is commutative, associative and
 * idempotent, so that the whole is: the earliest, the latest, the greatest by a rank, or the union of sets.
 */
export interface CallRecord {
  readonly accountId: string;
  readonly connection: string;
  readonly callId: string;
  readonly said: Members<CallDescription>;
  /** In the order in which they happened. */
  readonly moments: readonly Moment[];
  readonly recordings: readonly RecordingRecord[];
  readonly transcripts: readonly TranscriptRecord[];
  /** External ids of calls that it continues, and of those that continue it. */
  readonly parents: readonly string[];
  readonly continuations: readonly string[];
  readonly tags: readonly string[];
  /** Ids of the provider's events, each with the beginning of the digest of its content. */
  readonly events: readonly string[];
  readonly verified: boolean;
  readonly test: boolean;
  /** A clock was wrong. */
  readonly implausible: boolean;
  /** Of the first fact by our clock, and of the first by the provider's. */
  readonly receivedAt: string;
  readonly firstAt: string;
  /** The latest that was told. */
  readonly told: Required<ProviderTime>;
  /** Deadlines that have passed and still count (`CallMark`), sorted; absent where none has. */
  readonly passed?: readonly string[];
}

/** More than any call has. Of more the earliest stay. */
export const MOST_MOMENTS = 500;
const MOST_NAMES = 50;
/** Of the digest of an event's content, as records keep it. */
export const DIGEST_CHARACTERS = 16;

const CHOICES = {
  direction: earliest,
  from: fullestParty,
  to: fullestParty,
  legFrom: fullestParty,
  legTo: fullestParty,
  divertedFrom: fullestParty,
  line: earliest,
} as const;

/** What one fact says of its call. */
export function recordOfFact(fact: CallFact): CallRecord {
  const { accountId, origin, callId, legId, parentCallId, transfer, recording, transcript, context } = fact;
  const { connection, eventId, contentSha256, receivedAt } = origin;
  const at = plausibleTime(origin.at, receivedAt);
  const told: Told = { at, sequence: origin.sequence ?? -1, factId: fact.id };
  const moments = momentsOf(fact);
  const external = (id: string | null | undefined): string[] => (id ? [externalIdAt(connection, id)] : []);
  return {
    accountId,
    connection,
    callId,
    said: saidBy(told, descriptionIn(fact)),
    moments: moments.length < 2 ? moments : asSet(moments, compareMoments),
    recordings: recording ? [{ id: recording.id, said: saidBy(told, { ...recording, legId }) }] : [],
    transcripts: transcript ? [{ id: transcript.recordingId ?? '', said: saidBy(told, transcript) }] : [],
    parents: external(parentCallId),
    continuations: external(transfer?.newCallId),
    tags: asSet(context?.tags ?? [], compareText),
    events: [`${eventId} ${contentSha256.slice(0, DIGEST_CHARACTERS)}`],
    verified: context?.verified === true,
    test: context?.test === true,
    implausible: at !== origin.at,
    receivedAt,
    firstAt: moments[0]?.at ?? at,
    told: { at, sequence: origin.sequence ?? null },
  };
}

function descriptionIn({ legId, direction, from, to, divertedFrom, line, queue, context }: CallFact) {
  const parties = legId ? { legFrom: from, legTo: to } : { from, to };
  const { contact, caseNumber, data } = context ?? {};
  return { direction, ...parties, divertedFrom, line, queue, contact, caseNumber, data };
}

/** What two records of one call say together. */
export function joinRecords(one: CallRecord, other: CallRecord): CallRecord {
  const { accountId, connection, callId } = one;
  return {
    accountId,
    connection,
    callId,
    said: joinMembers(one.said, other.said, CHOICES),
    moments: union(one.moments, other.moments, compareMoments, MOST_MOMENTS),
    recordings: joinById(one.recordings, other.recordings, (mine, theirs) =>
      joinMembers(mine, theirs, BY_RECORDING_STATUS),
    ),
    transcripts: joinById(one.transcripts, other.transcripts, joinTexts),
    parents: union(one.parents, other.parents, compareText, MOST_NAMES),
    continuations: union(one.continuations, other.continuations, compareText, MOST_NAMES),
    tags: union(one.tags, other.tags, compareText, MOST_NAMES),
    events: union(one.events, other.events, compareText, MOST_MOMENTS),
    verified: one.verified || other.verified,
    test: one.test || other.test,
    implausible: one.implausible || other.implausible,
    receivedAt: one.receivedAt < other.receivedAt ? one.receivedAt : other.receivedAt,
    firstAt: one.firstAt < other.firstAt ? one.firstAt : other.firstAt,
    told: laterTold(one.told, other.told),
    ...passedOf(one, other),
  };
}

/** Folds a fact in: a record of all facts so far, whatever their order and however often they came. */
export function mergeCallFact(record: CallRecord | null, fact: CallFact): CallRecord {
  const told = recordOfFact(fact);
  return record === null ? told : joinRecords(record, told);
}

/** Of both, what has passed; what does not count any more is forgotten when all is told. */
export function passedOf(
  { passed: one }: { readonly passed?: readonly string[] },
  { passed: other }: { readonly passed?: readonly string[] },
): { readonly passed?: readonly string[] } {
  const passed = one ?? other;
  return passed === undefined ? {} : { passed: union(passed, other ?? [], compareText, MOST_NAMES) };
}

export function laterTold(one: CallRecord['told'], other: CallRecord['told']): CallRecord['told'] {
  const order = compareText(one.at, other.at) || (one.sequence ?? -1) - (other.sequence ?? -1);
  return order < 0 ? other : one;
}

type ById<Whole> = readonly { readonly id: string; readonly said: Members<Whole> }[];

function joinById<Whole>(
  one: ById<Whole>,
  other: ById<Whole>,
  join: (mine: Members<Whole>, theirs: Members<Whole>) => Members<Whole>,
): ById<Whole> {
  if (other.length === 0) {
    return one;
  }
  const joined = new Map(one.map((each) => [each.id, each]));
  for (const each of other) {
    const mine = joined.get(each.id);
    joined.set(each.id, mine ? { id: each.id, said: join(mine.said, each.said) } : each);
  }
  return [...joined.values()].sort((left, right) => compareText(left.id, right.id)).slice(0, MOST_NAMES);
}
