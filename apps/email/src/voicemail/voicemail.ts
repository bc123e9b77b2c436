import type { Attachment } from '#libs/interaction';

/** A voicemail as the mail that brought it tells of it. Claims of the sender's system, not proofs. */
export interface Voicemail {
  /** The kind of system that wrote the mail. */
  readonly provider: 'asterisk' | 'exchange-um' | 'mail';
  /** What showed that it is one. */
  readonly evidence: string;
  /** The caller's number as it was written; null when nothing tells it. */
  readonly callerId: string | null;
  readonly callerName: string | null;
  readonly durationSeconds: number | null;
  /** The voice mailbox that the caller reached. */
  readonly mailbox: string | null;
  readonly context: string | null;
  readonly messageNumber: string | null;
  /** When it was left, ISO 8601 UTC. */
  readonly origTime: string | null;
  /** The call that it belongs to, by the name that the telephone system gave it. */
  readonly callId: string | null;
}

const AUDIO_NAME = /\.(wav|mp3|m4a|mp4a|amr|awb|ogg|oga|opus|gsm|wma|aac|au|flac|3gp)$/i;

/** The parts of a mail that hold sound. */
export function soundsOf(attachments: readonly Attachment[]): Attachment[] {
  return attachments.filter(({ mediaType, name }) => mediaType.startsWith('audio/') || AUDIO_NAME.test(name));
}
