import { contentHash, mailInstantOf, member } from '#libs/webhook';
import { type Arrival } from '../facts/arrival.js';
import { ignoredEvent, wrongBody, type EventsRead } from '../facts/event-read.js';
import { twilioCalls } from './calls.js';
import { isAboutSound, twilioRecordings, twilioVoicemails } from './recordings.js';

/** Addresses that lead to what customers said. */
export const TWILIO_SECRETS: ReadonlySet<string> = new Set(['RecordingUrl', 'TranscriptionUrl', 'url']);

const NAMING = [
  'CallSid',
  'CallStatus',
  'DialCallSid',
  'QueueResult',
  'RecordingSid',
  'RecordingStatus',
  'TranscriptionSid',
  'TranscriptionStatus',
  'SequenceNumber',
  'Timestamp',
];

/**
 * Reads a request of Twilio Voice: a status, an `action`, a recording, a text. Twilio names no events; what tells two apart is
 * which call, what became of it, and the place in its own order.
 */
export function readTwilio(plain: Readonly<Record<string, unknown>>, arrival: Arrival): EventsRead {
  if (member(plain, 'CallSid', 'RecordingSid') === null) {
    return wrongBody({ pointer: '/CallSid', code: 'required', detail: 'is missing' });
  }
  const eventId = NAMING.map((name) => member(plain, name) ?? '')
    .join(' ')
    .replace(/ +/g, ' ')
    .trim();
  const sequence = Number(member(plain, 'SequenceNumber') ?? Number.NaN);
  const origin = {
    eventId,
    at: mailInstantOf(member(plain, 'Timestamp')),
    contentSha256: contentHash(plain, TWILIO_SECRETS),
    sequence: Number.isSafeInteger(sequence) && sequence >= 0 ? sequence : null,
  };
  const calls = isAboutSound(plain) ? twilioRecordings(plain, origin, arrival) : twilioCalls(plain, origin, arrival);
  const voicemails = twilioVoicemails(plain, origin, arrival);
  if (calls.length + voicemails.length === 0) {
    return {
      ok: true,
      events: [ignoredEvent(eventId, 'unknown-type', member(plain, 'CallStatus', 'RecordingStatus'))],
    };
  }
  const address = member(plain, 'RecordingUrl');
  const recordingId = member(plain, 'RecordingSid');
  const isSound = [...calls, ...voicemails].some(({ recording }) => recording?.status === 'pending');
  const sounds = isSound && address !== null && recordingId !== null ? [{ recordingId, address }] : [];
  return { ok: true, events: [{ eventId, calls, voicemails, sounds, ignored: null }] };
}
