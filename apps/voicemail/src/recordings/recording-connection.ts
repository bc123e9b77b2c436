import type { RecordingAccess } from '#libs/telephony';

/** What is known of a connection by whoever fetches its recordings. */
export interface RecordingConnection {
  /** `provider/key`. */
  readonly name: string;
  readonly access: RecordingAccess;
  /** `recordingHosts`. */
  readonly namedHosts: readonly string[];
  readonly maxBytes: number;
  /** Whether our own engine writes its sounds down. */
  readonly transcribes: boolean;
}

/** `transcription:` Whoever speaks OpenAI's form of it. */
export interface TranscriptionEngine {
  /** Up to `/v1`, where `/audio/transcriptions` follows. */
  readonly url: string;
  readonly model: string;
  readonly apiKey: string | null;
}
