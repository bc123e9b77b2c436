const MOST_CHARACTERS = 100;
/** Control characters, lone surrogates, and line breaks of every kind. */
const UNFIT = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** A text as the name of an API client: NFC, one line of 1 to 100 characters; null for what cannot be one. */
export function clientNameOf(text: string): string | null {
  const name = text.normalize('NFC').trim();
  const length = [...name].length;
  return length === 0 || length > MOST_CHARACTERS || UNFIT.test(name) ? null : name;
}
