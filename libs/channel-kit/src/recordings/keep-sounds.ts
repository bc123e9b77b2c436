import type { CallFact, VoicemailFact } from '#libs/interaction';
import type { AnnouncedRecording } from './recording-job.js';

/** What of a connection's sounds and texts is kept. */
export interface SoundSettings {
  /** `none`: no sound is ever fetched. */
  readonly recordings: 'store' | 'none';
  /** `provider`: those that it tells. `own`: those that our own engine makes. `none`: none at all. */
  readonly transcripts: 'provider' | 'own' | 'none';
}

/** Facts of an event, and where the sounds are that they announce. */
export interface SoundingEvent {
  readonly calls: readonly CallFact[];
  readonly voicemails: readonly VoicemailFact[];
  readonly sounds: readonly { readonly recordingId: string; readonly address: string }[];
}

/** What is published of an event, and what is to be fetched because of it. */
export interface KeptSounds {
  readonly calls: readonly CallFact[];
  readonly voicemails: readonly VoicemailFact[];
  readonly recordings: readonly AnnouncedRecording[];
}

/**
 * What of an event's sounds and texts a connection keeps. `recordings` are given to `RecordingJobs.add` before the facts
 * are published. Where nothing is fetched, a recording that the provider has is as available as it will ever be.
 */
export function keepSounds(event: SoundingEvent, { recordings, transcripts }: SoundSettings): KeptSounds {
  const keep = <Fact extends CallFact | VoicemailFact>(facts: readonly Fact[]): readonly Fact[] =>
    facts.map((fact) => withoutSound(withoutText(fact, transcripts), recordings));
  const [calls, voicemails] = [keep(event.calls), keep(event.voicemails)];
  return { calls, voicemails, recordings: recordings === 'none' ? [] : announcedIn([...voicemails, ...calls], event) };
}

/** Of a message that is told as a call's recording, too, the message's sound is fetched. */
function announcedIn(
  facts: readonly (CallFact | VoicemailFact)[],
  { sounds }: Pick<SoundingEvent, 'sounds'>,
): AnnouncedRecording[] {
  return sounds.flatMap(({ recordingId, address }) => {
    const fact = facts.find(({ recording }) => recording?.id === recordingId && recording.status === 'pending');
    return fact === undefined ? [] : [{ fact, address }];
  });
}

function withoutSound<Fact extends CallFact | VoicemailFact>(
  fact: Fact,
  recordings: SoundSettings['recordings'],
): Fact {
  const { recording } = fact;
  return recordings === 'none' && recording?.status === 'pending'
    ? { ...fact, recording: { ...recording, status: 'available' } }
    : fact;
}

/** A fact of which nothing is left is one that says no more than that something was heard of the call. */
function withoutText<Fact extends CallFact | VoicemailFact>(
  fact: Fact,
  transcripts: SoundSettings['transcripts'],
): Fact {
  if (transcripts === 'provider' || !fact.transcript) {
    return fact;
  }
  const { transcript: _dropped, ...rest } = fact;
  return { ...rest, kind: fact.kind === 'transcript' ? 'described' : fact.kind } as unknown as Fact;
}
