import { withoutLeftovers } from './leftovers.js';
import { withoutPunycode } from './punycode.js';
import { withCodedSyllables } from './syllables.js';

/**
 * Marks that stand on letters, and what nobody sees: soft hyphens, marks of direction, blanks without width, fillers of
 * Hangul, and the stroke by which Arabic is stretched.
 */
const UNHEARD = /[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0\u0640]/gu;
/** Letters that no decomposition of Unicode takes apart, as people type them who do not have them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
  ς: 'σ',
};
const OTHER_LETTERS = /[æœøłđðħıþς]/g;
const SINGLE_QUOTES = /[\u2018-\u201b\u2032\u2035\u02b9-\u02bd\u00b4`\u2039\u203a\u05f3]/g;
const DOUBLE_QUOTES = /[\u201c-\u201f\u2033\u2036\u00ab\u00bb\u301d-\u301f\u05f4]/g;
const DASHES = /[\u2010-\u2015\u2212\u2043\u058a\u05be\u301c\u2e3a\u2e3b]/g;
const BLANKS = /[\s\u2800]+/gu;
const FOREIGN_DIGITS = /[^\P{Nd}0-9]/gu;
const MOST_ROUNDS = 4;

/**
 * A text as search compares it, on both sides: letter case, accents, ligatures, width, kinds of digits, quotes and dashes,
 * what nobody sees, and what programs left encoded make no difference (Unicode NFKD without marks, case folded); every run
 * of white space is one blank. Characters that are whole syllables or words become codes. Folding twice changes nothing.
 */
export function foldText(text: string): string {
  let folded = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = folded;
    folded = foldOnce(withoutPunycode(foldOnce(withoutLeftovers(before))));
    if (folded === before || !/&|%|=\?|xn--/.test(folded)) {
      break;
    }
  }
  return folded;
}

function foldOnce(text: string): string {
  const bare = plain(withPlainMarks(text));
  // Upper case first: some letters are alike only there (ß and SS), and lower case alone has two kinds of sigma.
  const folded = withPlainMarks(plain(bare.toUpperCase().toLowerCase()))
    .replace(OTHER_LETTERS, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(FOREIGN_DIGITS, digitOf)
    .replace(BLANKS, ' ')
    .trim();
  return withCodedSyllables(folded);
}

/** Before Unicode takes them apart as well: it makes a blank with a mark of some. */
function withPlainMarks(text: string): string {
  return text.replace(SINGLE_QUOTES, "'").replace(DOUBLE_QUOTES, '"').replace(DASHES, '-');
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(UNHEARD, '');
}

/** Digits of every script stand in tens, beginning with their zero. */
function digitOf(digit: string): string {
  let value = 0;
  for (let code = (digit.codePointAt(0) ?? 0) - 1; value < 9 && isDigit(code); code -= 1) {
    value += 1;
  }
  return String(value);
}

function isDigit(code: number): boolean {
  return /\p{Nd}/u.test(String.fromCodePoint(code));
}
