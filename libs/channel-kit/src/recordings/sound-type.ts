/** Bytes that are enough to tell. */
export const SOUND_BEGINNING_BYTES = 16;

/**
 * The media type of a sound by its first bytes; null for whatever is none, whatever it is called. `webm` and `mp4` are
 * boxes that may hold pictures as well; a telephone system puts sounds into them.
 */
export function soundTypeOf(beginning: Buffer): string | null {
  const says = (text: string, at = 0): boolean => beginning.subarray(at, at + text.length).equals(latin1(text));
  if ((says('RIFF') || says('RF64')) && says('WAVE', 8)) {
    return 'audio/wav';
  }
  if (says('ID3') || isMpegFrame(beginning)) {
    return 'audio/mpeg';
  }
  if (says('ftyp', 4)) {
    return 'audio/mp4';
  }
  return MARKS.find(([mark]) => says(mark))?.[1] ?? null;
}

const MARKS: readonly (readonly [string, string])[] = [
  ['OggS', 'audio/ogg'],
  ['\x1a\x45\xdf\xa3', 'audio/webm'],
  ['#!AMR', 'audio/amr'],
  ['fLaC', 'audio/flac'],
  ['.snd', 'audio/basic'],
];

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A frame header of ISO/IEC 11172-3 §2.4.1.3 of which no field has a value that is kept free. */
function isMpegFrame([sync = 0, version = 0, rates = 0]: Buffer): boolean {
  const isSync = sync === 0xff && (version & 0xe0) === 0xe0;
  const [edition, layer] = [(version >> 3) & 3, (version >> 1) & 3];
  return isSync && edition !== 1 && layer !== 0 && rates >> 4 !== 15 && rates >> 4 !== 0 && ((rates >> 2) & 3) !== 3;
}
