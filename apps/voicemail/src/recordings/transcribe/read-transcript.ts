import { findUnstorable, INLINE_BODY_BYTES, type Transcript, type TranscriptSegment } from '#libs/interaction';

const MOST_SEGMENTS = 2000;
const MOST_SEGMENT_TEXT = 10_000;

/**
 * What an engine answers with `verbose_json`; null when it cannot be read. It tells no confidence: logarithms of
 * probabilities of its own tokens are none, and so there is none.
 */
export function readTranscript(answer: string, model: string): Omit<Transcript, 'recordingId'> | null {
  const plain = parseObject(answer);
  const { text, language, segments } = plain;
  if (typeof text !== 'string' || findUnstorable({ text }) !== null) {
    return null;
  }
  const code = typeof language === 'string' ? languageCodeOf(language) : null;
  const read = Array.isArray(segments) ? segments.slice(0, MOST_SEGMENTS).flatMap(segmentOf) : [];
  return {
    status: 'completed',
    text: whole(text.trim(), INLINE_BODY_BYTES),
    engine: model.slice(0, 100),
    ...(code === null ? {} : { language: code }),
    ...(read.length === 0 ? {} : { segments: read }),
  };
}

function segmentOf(plain: unknown): TranscriptSegment[] {
  const { start, end, text } = (plain ?? {}) as Readonly<Record<string, unknown>>;
  const [startMs, endMs] = [millisecondsOf(start), millisecondsOf(end)];
  return startMs === null || endMs === null || typeof text !== 'string' || findUnstorable({ text }) !== null
    ? []
    : [{ startMs, endMs, text: whole(text.trim(), MOST_SEGMENT_TEXT) }];
}

function millisecondsOf(seconds: unknown): number | null {
  return typeof seconds === 'number' && seconds >= 0 && seconds < 1_000_000 ? Math.round(seconds * 1000) : null;
}

/** Cut before a character, never inside one. */
function whole(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
/** Some engines answer with a code, and some with the language's name in English. */
const CODES: ReadonlyMap<string, string> = new Map(
  LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap((code) => {
    const name = NAMES.of(code);
    return name === undefined ? [] : [[name.toLowerCase(), code] as const];
  }),
);

function languageCodeOf(language: string): string | null {
  const told = language.trim().toLowerCase();
  return CODES.get(told) ?? (/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/.test(told) ? told : null);
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
