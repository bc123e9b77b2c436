/** Chinese, Japanese and Korean characters: two of them can be all that somebody asks for. */
const SYLLABLE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\uac00-\ud7a3]/gu;
/** Korean parts its words; where a line of the others ends means nothing. */
const UNPARTED =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]) (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu;
const HAS_SYLLABLES = /[\u1100-\u11ff\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\uac00-\ud7a3]/u;
const LETTERS = 26;
const CODES = 10 * LETTERS ** 3;
/** Has no divisor in common with the number of codes, so that neighbours in Unicode have nothing in common. */
const SPREAD = 48_271;

/**
 * A folded text with a digit and three letters in the place of each such character. Indexes know texts by three characters
 * that lie beside each other, and on many databases by none but those of ASCII: so one character can be looked up, and
 * several are found as parts of what has no blanks. A code begins where no other does, so none is found across two.
 */
export function withCodedSyllables(folded: string): string {
  return HAS_SYLLABLES.test(folded) ? folded.normalize('NFC').replace(UNPARTED, '').replace(SYLLABLE, codeOf) : folded;
}

function codeOf(character: string): string {
  let rest = ((character.codePointAt(0) ?? 0) * SPREAD) % CODES;
  let letters = '';
  for (let place = 0; place < 3; place += 1) {
    letters += String.fromCharCode(97 + (rest % LETTERS));
    rest = Math.floor(rest / LETTERS);
  }
  return `${rest}${letters}`;
}
