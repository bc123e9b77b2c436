import {
  type CallParty,
  type ContactReference,
  externalIdAt,
  type ProviderTime,
  type Recording,
  type Transcript,
  type VoicemailBox,
  type VoicemailFact,
} from '#libs/interaction';
import { BY_RECORDING_STATUS, fullestParty } from '../call/choices.js';
import { plausibleTime } from '../call/moment.js';
import { DIGEST_CHARACTERS, laterTold, passedOf } from '../call/call-record.js';
import { compareText, earliest, joinMembers, type Members, saidBy, type Told, union } from '../call/said.js';
import { joinTexts } from '../call/texts.js';

/** What a voicemail says of itself. */
export interface VoicemailDescription {
  readonly callId: string;
  readonly from: CallParty;
  readonly to: CallParty;
  readonly line: string;
  readonly mailbox: VoicemailBox;
  readonly durationMs: number;
  readonly callback: CallParty;
  readonly contact: ContactReference;
  readonly caseNumber: string;
  readonly data: Record<string, unknown>;
}

/** What all facts about a voicemail say together; joined as a call's record is. */
export interface VoicemailRecord {
  readonly accountId: string;
  readonly connection: string;
  readonly voicemailId: string;
  readonly said: Members<VoicemailDescription>;
  readonly recording: Members<Recording>;
  readonly transcript: Members<Transcript>;
  /** When the message was left, as far as somebody said that; by the provider's clock. */
  readonly leftAt: string | null;
  readonly urgent: boolean;
  readonly verified: boolean;
  readonly test: boolean;
  readonly tags: readonly string[];
  readonly events: readonly string[];
  readonly implausible: boolean;
  readonly receivedAt: string;
  readonly firstAt: string;
  readonly told: Required<ProviderTime>;
  /** Deadlines that have passed and still count (`VoicemailMark`), sorted; absent where none has. */
  readonly passed?: readonly string[];
}

const MOST_TAGS = 50;
const MOST_EVENTS = 500;
const CHOICES = {
  callId: earliest,
  from: fullestParty,
  to: fullestParty,
  line: earliest,
  callback: fullestParty,
} as const;
/** What one fact says of its voicemail. */
export function recordOfFact(fact: VoicemailFact): VoicemailRecord {
  const { accountId, origin, voicemailId, kind, recording, transcript, urgent, context } = fact;
  const { connection, eventId, contentSha256, receivedAt } = origin;
  const at = plausibleTime(origin.at, receivedAt);
  const told: Told = { at, sequence: origin.sequence ?? -1, factId: fact.id };
  return {
    accountId,
    connection,
    voicemailId,
    said: saidBy(told, descriptionIn(fact)),
    recording: recording ? saidBy(told, recording) : {},
    transcript: transcript ? saidBy(told, transcript) : {},
    leftAt: kind === 'left' ? at : null,
    urgent: urgent === true,
    verified: context?.verified === true,
    test: context?.test === true,
    tags: [...new Set(context?.tags ?? [])].sort(compareText),
    events: [`${eventId} ${contentSha256.slice(0, DIGEST_CHARACTERS)}`],
    implausible: at !== origin.at,
    receivedAt,
    firstAt: at,
    told: { at, sequence: origin.sequence ?? null },
  };
}

function descriptionIn(fact: VoicemailFact) {
  const { callId, from, to, line, mailbox, durationMs, callback, context } = fact;
  const { contact, caseNumber, data } = context ?? {};
  const call = callId ? externalIdAt(fact.origin.connection, callId) : null;
  return { callId: call, from, to, line, mailbox, durationMs, callback, contact, caseNumber, data };
}

/** What two records of one voicemail say together. */
export function joinRecords(one: VoicemailRecord, other: VoicemailRecord): VoicemailRecord {
  const { accountId, connection, voicemailId } = one;
  return {
    accountId,
    connection,
    voicemailId,
    said: joinMembers(one.said, other.said, CHOICES),
    recording: joinMembers(one.recording, other.recording, BY_RECORDING_STATUS),
    transcript: joinTexts(one.transcript, other.transcript),
    leftAt: earlier(one.leftAt, other.leftAt),
    urgent: one.urgent || other.urgent,
    verified: one.verified || other.verified,
    test: one.test || other.test,
    tags: union(one.tags, other.tags, compareText, MOST_TAGS),
    events: union(one.events, other.events, compareText, MOST_EVENTS),
    implausible: one.implausible || other.implausible,
    receivedAt: one.receivedAt < other.receivedAt ? one.receivedAt : other.receivedAt,
    firstAt: one.firstAt < other.firstAt ? one.firstAt : other.firstAt,
    told: laterTold(one.told, other.told),
    ...passedOf(one, other),
  };
}

/** Folds a fact in: a record of all facts so far, whatever their order and however often they came. */
export function mergeVoicemailFact(record: VoicemailRecord | null, fact: VoicemailFact): VoicemailRecord {
  const told = recordOfFact(fact);
  return record === null ? told : joinRecords(record, told);
}

function earlier(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other < one) ? other : one;
}

/**
 * Whether a message was left: its sound exists somewhere or has a text. Null while nobody knows: it was announced, and
 * nothing but that; once that has lasted long enough it counts as one.
 */
export function hasMessage(record: VoicemailRecord): boolean | null {
  return toldMessage(record) ?? (record.passed?.includes('announced') === true ? true : null);
}

/** As `hasMessage`, by what was told alone. */
export function toldMessage({ recording, transcript }: VoicemailRecord): boolean | null {
  const text = transcript.status?.value === 'completed' ? (transcript.text?.value ?? '').trim() : '';
  switch (recording.status?.value) {
    case 'absent':
      return text !== '';
    case undefined:
    case 'announced':
      return text === '' ? null : true;
    default:
      return true;
  }
}

/**
 * Whether nothing but a text is known, not even whose: what its system names by the call alone belongs to a message that is
 * told under its own name, and waits for that one.
 */
export function isTextAlone({ said, leftAt, recording, passed }: VoicemailRecord): boolean {
  const isNobodys = said.from === undefined && said.to === undefined && said.line === undefined;
  const hasSound = recording.status !== undefined;
  return isNobodys && leftAt === null && !hasSound && passed?.includes('announced') !== true;
}

/** Whether nothing says on which line it was left but the call that it names, and that may be told yet. */
export function isOfCallAlone({ said, passed }: VoicemailRecord): boolean {
  const hasLine = said.line !== undefined || said.to !== undefined;
  return said.callId !== undefined && !hasLine && passed?.includes('announced') !== true;
}
