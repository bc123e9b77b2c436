import { createHash } from 'node:crypto';
import { factId, type CallFact, type FactOrigin, type Recording, type VoicemailFact } from '#libs/interaction';

type Fact = CallFact | VoicemailFact;

/** A sound that came from its telephone system, and lies in the blob store. */
export interface SentSound {
  /** `provider/key`. */
  readonly connection: string;
  readonly recordingId: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly receivedAt: string;
}

/** A call or voicemail that has told of a recording without saying where it is. */
export interface AwaitedSound {
  readonly connection: string;
  readonly recordingId: string;
  readonly channel: 'call' | 'voicemail';
  /** The provider's id of the call, or of the voicemail. */
  readonly subjectId: string;
  readonly subject: Subject;
}

/** What a fact about the recording repeats of the one that announced it. */
type Subject = Readonly<Partial<Pick<CallFact, 'callId' | 'parentCallId' | 'legId'>>>;

/** What waits for a sound because of a fact; null where it tells of no recording whose sound is to come. */
export function awaitedBy(fact: Fact): AwaitedSound | null {
  const { recording, origin, channel, callId, legId } = fact;
  if (recording?.status !== 'pending') {
    return null;
  }
  const parentCallId = fact.channel === 'call' ? fact.parentCallId : undefined;
  const told = Object.entries({ callId, legId, parentCallId }).filter(([, value]) => typeof value === 'string');
  return {
    connection: origin.connection,
    recordingId: recording.id,
    channel,
    subjectId: fact.channel === 'call' ? fact.callId : fact.voicemailId,
    subject: Object.fromEntries(told),
  };
}

/** The fact that a recording is here. The same sound for the same call has the same id, however often it is sent. */
export function soundFact(accountId: string, awaited: AwaitedSound, sound: SentSound): Fact {
  const { connection, recordingId, sha256, size, mediaType, receivedAt } = sound;
  const content = { sha256, size, mediaType };
  const recording: Recording = { id: recordingId, status: 'available', mediaType, content };
  const name = JSON.stringify([awaited.channel, awaited.subjectId, recordingId, sha256]);
  const origin: FactOrigin = {
    connection,
    eventId: `sound ${recordingId}`,
    part: 0,
    contentSha256: createHash('sha256').update(name).digest('hex'),
    at: receivedAt,
    receivedAt,
  };
  const common = { schema: 1, accountId, origin, kind: 'recording', ...awaited.subject, recording } as const;
  const id = factId(accountId, awaited.channel, origin);
  return awaited.channel === 'call'
    ? ({ ...common, id, channel: 'call', callId: awaited.subjectId } satisfies CallFact)
    : ({ ...common, id, channel: 'voicemail', voicemailId: awaited.subjectId } satisfies VoicemailFact);
}
