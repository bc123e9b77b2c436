import { BESIDE_ADDRESSES, type ColumnField, EMAIL_WORDS, HEADINGS, NO_ADDRESS, PHONE_WORDS } from './heading-words.js';

/** The field that a column of this heading is; null when its words tell of none. */
export function fieldOfHeading(heading: string): ColumnField | null {
  const words = wordsOf(heading);
  const whole = words.join('');
  if (whole === '' || whole.length > 60) {
    return null;
  }
  const named = (Object.keys(HEADINGS) as (keyof typeof HEADINGS)[]).find((field) => HEADINGS[field].has(whole));
  if (named !== undefined) {
    return named;
  }
  if (words.some((word) => NO_ADDRESS.has(word))) {
    return null;
  }
  return isColumnOf(EMAIL_WORDS, words) ? 'email' : isColumnOf(PHONE_WORDS, words) ? 'phone' : null;
}

/** Headings are compared by their letters and figures: neither case, accents, nor what stands between them counts. */
export function sameHeading(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** `E-mail 1 - Value`: e, mail, value; `EmailAddress`: email, address. Numbers only count columns of one kind. */
function wordsOf(heading: string): string[] {
  return plain(heading.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .split(/[^a-z\p{L}]+/u)
    .filter((word) => word !== '');
}

function plain(heading: string): string {
  return heading
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** At least one of the words, or two of them joined, and beside it only what says which of several. */
function isColumnOf(nouns: ReadonlySet<string>, words: readonly string[]): boolean {
  const joined = words.map((word, at) => `${word}${words[at + 1] ?? ''}`);
  const isNoun = words.map(
    (word, at) => nouns.has(word) || nouns.has(joined[at] ?? '') || nouns.has(joined[at - 1] ?? ''),
  );
  return isNoun.includes(true) && words.every((word, at) => isNoun[at] === true || BESIDE_ADDRESSES.has(word));
}
