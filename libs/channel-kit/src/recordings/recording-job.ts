import type { CallFact, Recording, Transcript, VoicemailFact } from '#libs/interaction';

/** A sound that a fact announces, and where it is fetched. */
export interface AnnouncedRecording {
  /** A fact with a recording that is `pending`. */
  readonly fact: CallFact | VoicemailFact;
  /** With its query and its credentials: it stands in the job's row and nowhere else. */
  readonly address: string;
}

/** `fetch`: bring the sound in. `transcribe`: have a machine write down what is heard in it. */
export type RecordingTask = 'fetch' | 'transcribe';

/** Which recording: of which call or voicemail of which connection. */
export interface RecordingName {
  /** `provider/key`. */
  readonly connection: string;
  readonly channel: 'call' | 'voicemail';
  /** The provider's id of the call, or of the voicemail. */
  readonly subjectId: string;
  readonly recordingId: string;
}

/** What facts about the recording repeat of the one that announced it. */
export interface AnnouncedSubject {
  readonly callId?: string | null;
  readonly parentCallId?: string | null;
  readonly legId?: string | null;
}

/** A sound that lies in the blob store. */
export interface StoredSound {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
}

/** How a job ended. It is kept until it is told, so that a crash in between tells the same. */
export type RecordingOutcome =
  | { readonly task: 'fetch'; readonly recording: RecordingEnd; readonly host: string | null }
  | { readonly task: 'transcribe'; readonly transcript: Transcript };

export type RecordingEnd =
  | { readonly status: 'available'; readonly content: StoredSound }
  | { readonly status: 'failed'; readonly failure: string }
  | { readonly status: 'expired' };

/** A job that somebody works on until its lease runs out. */
export interface HeldRecordingJob extends RecordingName {
  /** UUID; a newer recording of the same id has another one. */
  readonly id: string;
  readonly task: RecordingTask;
  readonly owner: string;
  readonly subject: AnnouncedSubject;
  /** Null for `transcribe`, and as soon as there is an outcome. */
  readonly address: string | null;
  /** Of `transcribe`. */
  readonly sound: StoredSound | null;
  /** This attempt, from 1. */
  readonly attempt: number;
  /** Reached and not told yet: there is nothing left to do but that. */
  readonly outcome: TimedOutcome | null;
}

/** `at`: when it was reached. ISO 8601, UTC, milliseconds. */
export type TimedOutcome = RecordingOutcome & { readonly at: string };

/** How a recording ended that was announced in the last days. */
export interface RecordingFinding {
  readonly connection: string;
  readonly failure: string;
  /** Whom it was to be fetched from; null where the address named nobody. */
  readonly host: string | null;
  readonly count: number;
  readonly lastAt: Date;
  /** A recording was fetched after it: of the connection where that did not know us, else from the same host. */
  readonly isOver: boolean;
}

/** The recording that a fact announces, where there is one. */
export function recordingNameOf({ fact }: AnnouncedRecording): RecordingName {
  const recording = recordingOf(fact);
  return {
    connection: fact.origin.connection,
    channel: fact.channel,
    subjectId: fact.channel === 'call' ? fact.callId : fact.voicemailId,
    recordingId: recording.id,
  };
}

function recordingOf(fact: CallFact | VoicemailFact): Recording {
  if (!fact.recording) {
    throw new Error(`the fact ${fact.id} announces no recording`);
  }
  return fact.recording;
}
