import type { CallFact, Recording, RecordingStatus, Transcript, VoicemailFact } from '#libs/interaction';
import { known, mailInstantOf, member, nameOf, secondsOf, told } from '#libs/webhook';
import { callFact, voicemailFact, type Arrival, type EventOrigin } from '../facts/arrival.js';
import { twilioParties } from './calls.js';

type Plain = Readonly<Record<string, unknown>>;

const STATUSES: Readonly<Record<string, RecordingStatus>> = {
  'in-progress': 'announced',
  completed: 'pending',
  absent: 'absent',
  failed: 'failed',
};

/** Whether a request is about a recording or a text, and says nothing new of the call's own state. */
export function isAboutSound(plain: Plain): boolean {
  return member(plain, 'RecordingStatus') !== null || member(plain, 'TranscriptionSid') !== null;
}

/**
 * A recording of a call. The address that other requests carry may not be ready (twilio.com/docs/voice/twiml/record): only the
 * callback of the recording's status counts.
 */
export function twilioRecordings(plain: Plain, origin: EventOrigin, arrival: Arrival): readonly CallFact[] {
  const callId = nameOf(member(plain, 'CallSid'));
  const recording = recordingOf(plain);
  if (callId === null || recording === null || member(plain, 'RecordingStatus') === null || isMessage(plain, arrival)) {
    return [];
  }
  return [callFact(arrival, origin, 'recording', { callId, recording })];
}

/** A message: recorded by `<Record>`, or at the address for voicemails. Its text comes later, or never. */
export function twilioVoicemails(plain: Plain, origin: EventOrigin, arrival: Arrival): readonly VoicemailFact[] {
  const voicemailId = nameOf(member(plain, 'RecordingSid'));
  const isText = member(plain, 'TranscriptionSid') !== null;
  if (voicemailId === null || !(isText || isMessage(plain, arrival))) {
    return [];
  }
  const named = { voicemailId, callId: nameOf(member(plain, 'CallSid')), ...twilioParties(plain, arrival) };
  if (isText) {
    return [voicemailFact(arrival, origin, 'transcript', { ...named, transcript: transcriptOf(plain, voicemailId) })];
  }
  const recording = recordingOf(plain);
  const kind = recording?.status === 'announced' ? 'recording' : 'left';
  const durationMs = secondsOf(member(plain, 'RecordingDuration'));
  return [voicemailFact(arrival, origin, kind, { ...named, durationMs, recording })];
}

/** `<Record>` takes messages, whatever address it tells; what else records says so, too. */
function isMessage(plain: Plain, { path }: Arrival): boolean {
  const source = member(plain, 'RecordingSource');
  return source === null ? path === 'voicemails' : source === 'RecordVerb';
}

function recordingOf(plain: Plain): Recording | null {
  const id = nameOf(member(plain, 'RecordingSid'));
  const said = member(plain, 'RecordingStatus') ?? 'completed';
  const status = known(STATUSES, said);
  if (id === null || status === undefined) {
    return null;
  }
  const channels = Number(member(plain, 'RecordingChannels') ?? Number.NaN);
  return told({
    id,
    status,
    channels: Number.isInteger(channels) && channels > 0 ? channels : null,
    startedAt: mailInstantOf(member(plain, 'RecordingStartTime')),
    durationMs: secondsOf(member(plain, 'RecordingDuration')),
  });
}

/** Neither a language nor a confidence is told: neither is made up. */
function transcriptOf(plain: Plain, recordingId: string): Transcript {
  const isDone = member(plain, 'TranscriptionStatus') === 'completed';
  const text = plain['TranscriptionText'];
  return told({
    recordingId,
    status: isDone ? 'completed' : 'failed',
    text: isDone ? (typeof text === 'string' ? text.slice(0, 20_000) : '') : null,
  });
}
