import type { Attachment, Recording } from '#libs/interaction';
import type { Members } from './said.js';

/** How files of sounds end. */
const ENDINGS: Readonly<Record<string, string>> = {
  'audio/wav': '.wav',
  'audio/mpeg': '.mp3',
  'audio/ogg': '.ogg',
  'audio/webm': '.webm',
  'audio/mp4': '.m4a',
  'audio/amr': '.amr',
  'audio/flac': '.flac',
  'audio/basic': '.au',
};

/** The sounds that we have, as the files that people would save; `name` without its ending. */
export function soundFiles(recordings: readonly Members<Recording>[], name: string): Attachment[] {
  const stored = recordings.flatMap(({ content }) => (content === undefined ? [] : [content.value]));
  return stored.map(({ sha256, size, mediaType }, place) => ({
    sha256,
    size,
    mediaType,
    name: `${name}${place === 0 ? '' : ` ${place + 1}`}${ENDINGS[mediaType] ?? ''}`,
    inline: false,
  }));
}
