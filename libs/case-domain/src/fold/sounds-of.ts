import type { Interaction, Recording, Transcript } from '#libs/interaction';
import type { CallRecord, LegRecording } from '../call/call-record.js';
import { valuesOf, type Members } from '../call/said.js';
import { textStateOf, type TextState } from '../call/texts.js';
import { hasMessage, type VoicemailRecord } from '../voicemail/voicemail-record.js';

/** A text that a machine made; nobody has checked it. Null is what was not told. */
export interface KnownText {
  readonly recordingId: string | null;
  readonly state: TextState;
  readonly text: string | null;
  readonly language: string | null;
  readonly engine: string | null;
  readonly confidence: number | null;
}

/** What is known of the sounds of a call or a voicemail, and of what is heard in them. */
export interface KnownSounds {
  readonly recordings: readonly Partial<LegRecording>[];
  readonly texts: readonly KnownText[];
}

const NOTHING: KnownSounds = { recordings: [], texts: [] };

/** The sounds of an interaction that was told in facts, as they are at an instant; of any other nothing. */
export function soundsOf(
  { channel, details, receivedAt }: Pick<Interaction, 'channel' | 'details' | 'receivedAt'>,
  now: string,
): KnownSounds {
  if (channel === 'call' && 'moments' in details) {
    const { recordings, transcripts } = details as unknown as CallRecord;
    const texts = transcripts.map(({ id, said }) => textOf(said, id || null, { expectedSince: null, now }));
    return { recordings: recordings.map(({ said }) => valuesOf(said)), texts };
  }
  if (channel === 'voicemail' && 'voicemailId' in details) {
    const record = details as unknown as VoicemailRecord;
    const recording: Partial<Recording> = valuesOf(record.recording);
    // Where a message is, a text usually follows.
    const expectedSince = hasMessage(record) === true ? receivedAt : null;
    const text = textOf(record.transcript, recording.id ?? null, { expectedSince, now });
    return {
      recordings: recording.status === undefined ? [] : [recording],
      texts: text.state === 'none' ? [] : [text],
    };
  }
  return NOTHING;
}

function textOf(
  said: Members<Transcript>,
  recordingId: string | null,
  at: { readonly expectedSince: string | null; readonly now: string },
): KnownText {
  const { text = null, language = null, engine = null, confidence = null } = valuesOf(said);
  return { recordingId, state: textStateOf(said, at), text, language, engine, confidence };
}
