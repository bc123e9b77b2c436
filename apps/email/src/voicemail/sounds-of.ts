import type { Attachment } from '#libs/interaction';

const AUDIO_NAME = /\.(wav|mp3|m4a|mp4a|amr|awb|ogg|oga|opus|gsm|wma|aac|au|flac|3gp)$/i;

/** The parts of a mail that hold sound. */
export function soundsOf(attachments: readonly Attachment[]): Attachment[] {
  return attachments.filter(({ mediaType, name }) => mediaType.startsWith('audio/') || AUDIO_NAME.test(name));
}
