import { normalisePhoneNumber, phoneAlternates, significantDigits } from '#libs/interaction';

/** What may be a telephone number in a folded text, however its digits are parted. */
const WRITTEN = /[+(]{0,2}\d(?:[ ()./-]{0,3}\d){4,}/gu;
/** The same by itself, in a question. */
const ASKED = /(?<![\p{L}\d])[+(]{0,2}\d(?:[ ()./-]{0,3}\d){4,39}(?![\p{L}\d])/gu;
const FEWEST_DIGITS = 7;
const MOST_DIGITS = 15;
/** Of more, as in a list of numbers, only what is written is known. */
const MOST_READ = 500;
/** Of a word that is left of a number there has to be enough to narrow a search. */
const FEWEST_SIGNIFICANT = 5;
const LONGEST_GROUP = 5;
const YEAR = /^(?:19|20)\d\d$/;

/**
 * Digits of the numbers that stand in a folded text, without what parts them; of those of the world the international
 * spelling too, and that of before its country changed its numbers. Each once.
 */
export function digitsIn(folded: string): string[] {
  const found = new Set<string>();
  for (const [run] of folded.matchAll(WRITTEN)) {
    const digits = run.replace(/\D/g, '');
    if (digits.length >= FEWEST_DIGITS) {
      found.add(digits);
    }
    const world = /^\(?(?:\+|00)/.test(run) && found.size < MOST_READ ? normalisePhoneNumber(run) : null;
    if (world?.startsWith('+') === true) {
      [world, ...phoneAlternates(world)].forEach((one) => found.add(one.slice(1)));
    }
  }
  return [...found];
}

/**
 * The words of a folded question. Of a telephone number only the digits are asked for that all of its spellings share,
 * those without country and leading zeros.
 */
export function wordsOf(folded: string): string[] {
  const words: string[] = [];
  const rest = folded.replace(ASKED, (run: string) => {
    const significant = isNumber(run) ? significantDigits(run) : '';
    if (significant.length < FEWEST_SIGNIFICANT) {
      return run;
    }
    words.push(significant);
    return ' ';
  });
  return [...rest.split(' ').filter((word) => word !== ''), ...words];
}

/** Groups of digits may be anything, such as years; a number is written in one piece, or begins or is parted like one. */
function isNumber(run: string): boolean {
  const digits = run.replace(/\D/g, '').length;
  if (digits < FEWEST_DIGITS || digits > MOST_DIGITS) {
    return false;
  }
  const groups = run.split(' ');
  return groups.length === 1 ? !/^\d{1,18}$/.test(run) || digits >= 9 || run.startsWith('0') : isParted(run, groups);
}

function isParted(run: string, groups: readonly string[]): boolean {
  const isShort = run.split(/\D+/).every(({ length }) => length <= LONGEST_GROUP);
  return /^[+(0]/.test(run) || (isShort && !groups.every((group) => YEAR.test(group)));
}
