import { createHash } from 'node:crypto';
import type { HeldRecordingJob, TimedOutcome } from '#libs/channel-kit';
import {
  factId,
  type CallFact,
  type FactOrigin,
  type Recording,
  type Transcript,
  type VoicemailFact,
} from '#libs/interaction';

/**
 * What the case is to learn of how a job ended; the same for one outcome, however often it is told. `awaitsText`: a
 * machine is going to write it down.
 */
export function factsOfOutcome(
  accountId: string,
  job: HeldRecordingJob,
  outcome: TimedOutcome,
  awaitsText: boolean,
): (CallFact | VoicemailFact)[] {
  if (outcome.task === 'transcribe') {
    return [factOf(accountId, job, outcome, { transcript: outcome.transcript })];
  }
  const { recording } = outcome;
  const told: Recording = {
    id: job.recordingId,
    status: recording.status,
    ...(recording.status === 'failed' ? { failure: recording.failure } : {}),
    ...(recording.status === 'available' ? { content: recording.content, mediaType: recording.content.mediaType } : {}),
  };
  const sound = factOf(accountId, job, outcome, { recording: told });
  const pending: Transcript = { recordingId: job.recordingId, status: 'pending' };
  return awaitsText ? [sound, factOf(accountId, job, outcome, { transcript: pending })] : [sound];
}

type Said = { readonly recording: Recording } | { readonly transcript: Transcript };

function factOf(accountId: string, job: HeldRecordingJob, { at }: TimedOutcome, said: Said): CallFact | VoicemailFact {
  const { id: jobId, connection, channel, subjectId, subject } = job;
  const kind = 'recording' in said ? ('recording' as const) : ('transcript' as const);
  const origin: FactOrigin = {
    connection,
    eventId: `${kind} ${jobId}`,
    part: 0,
    contentSha256: createHash('sha256').update(JSON.stringify(said)).digest('hex'),
    at,
    receivedAt: at,
  };
  const id = factId(accountId, channel, origin);
  const leg = subject.legId ? { legId: subject.legId } : {};
  const parent = subject.parentCallId ? { parentCallId: subject.parentCallId } : {};
  const call = subject.callId ? { callId: subject.callId } : {};
  return channel === 'call'
    ? { schema: 1, channel, id, accountId, origin, kind, callId: subjectId, ...parent, ...leg, ...said }
    : { schema: 1, channel, id, accountId, origin, kind, voicemailId: subjectId, ...call, ...leg, ...said };
}
