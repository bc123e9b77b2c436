import type { AgentReference, CallParty, FactContext, Recording, Transcript } from '#libs/interaction';
import { instantOf, told } from '#libs/webhook';
import { type Arrival } from '../facts/arrival.js';
import { partyOf } from '../facts/party.js';
import type { GenericAgent, GenericEvent, GenericParty, GenericRecording, GenericTranscript } from './event.js';

/** A caller or a called; an empty text is how some systems write a hidden number. */
export function saidParty(party: GenericParty | undefined, arrival: Arrival): CallParty | null {
  if (party === undefined) {
    return null;
  }
  if (typeof party === 'string') {
    return partyOf({ raw: party }, arrival);
  }
  const { number, name, extension, withheld } = party;
  return partyOf({ raw: number ?? null, name: name ?? null, extension: extension ?? null, withheld }, arrival);
}

export function saidAgent(agent: GenericAgent | undefined): AgentReference | null {
  return agent === undefined ? null : told({ ...named(agent) });
}

function named({ email, extension, id, name }: GenericAgent): AgentReference {
  return { email: email?.toLowerCase(), extension, id, name };
}

/** The provider has the sound: we have not yet. */
export function saidRecording(recording: GenericRecording): Recording {
  const { id, media_type, channels, started_at, duration_ms, status, consent } = recording;
  return told({
    id,
    status: status === 'available' ? 'pending' : status,
    mediaType: media_type,
    channels,
    startedAt: started_at === undefined ? null : instantOf(started_at),
    durationMs: duration_ms,
    consent,
  });
}

export function saidTranscript(transcript: GenericTranscript): Transcript {
  const { recording_id, language, text, segments, confidence, engine, status } = transcript;
  return told({
    recordingId: recording_id,
    status,
    language,
    text,
    segments: segments?.map((one) =>
      told({
        startMs: one.start_ms,
        endMs: one.end_ms,
        speaker: one.speaker,
        text: one.text,
        confidence: one.confidence,
      }),
    ),
    confidence,
    engine,
  });
}

/** What is said of the customer and the case; null when nothing is. */
export function saidContext({ contact, verified, case: caseName, tags, data }: GenericEvent): FactContext | null {
  if (!contact && !caseName && !tags && !data && verified === undefined) {
    return null;
  }
  const context: FactContext = told({
    contact: contact === undefined ? null : { integration: contact.integration, externalId: contact.external_id },
    verified,
    caseNumber: caseName?.slice('CASE-'.length),
    tags: tags === undefined ? null : [...tags],
    data,
  });
  return Object.keys(context).length === 0 ? null : context;
}
