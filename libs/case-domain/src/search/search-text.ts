import { foldText } from './fold-text.js';
import { digitsIn, wordsOf } from './written-numbers.js';

/** What a search asks for. */
export interface CaseSearch {
  /** Folded; each has to be a part of the case's text. */
  readonly words: readonly string[];
  /** The number that is asked for beside the words, as decimal text; null when none is. */
  readonly number: string | null;
}

/** Indexes know texts by three characters; fewer are found nowhere fast. */
const SHORTEST_TEXT = 3;
/** A bigint has at most 19 digits; 18 are enough and cannot overflow. */
const NUMBER = /^(?:case[ -]?|#|no ?)?([1-9]\d{0,17})$/;

/** The text by which something is found that says all of these: each folded, and the numbers in them in further spellings. */
export function searchableText(texts: readonly string[]): string {
  const folded = texts.map(foldText);
  const digits = new Set(folded.flatMap(digitsIn));
  return (digits.size === 0 ? folded : [...folded, [...digits].join(' ')]).join('\n');
}

/**
 * The words that a question asks for, each once, as parts of what `searchableText` makes; null for one that asks for
 * nothing, or is shorter than three characters (two, where nobody parts words).
 */
export function searchWords(text: string): string[] | null {
  // Blanks between ideographs part words here, and there nothing.
  const folded = text.trim().split(/\s+/u).map(foldText).join(' ').trim();
  const words = [...folded].length >= SHORTEST_TEXT ? [...new Set(wordsOf(folded))] : [];
  return words.length === 0 ? null : words;
}

/** Reads `q`; null for one that asks for nothing. One that is shorter than three characters can only be a number. */
export function readSearch(text: string): CaseSearch | null {
  const number = NUMBER.exec(foldText(text))?.[1] ?? null;
  const words = searchWords(text) ?? [];
  return words.length === 0 && number === null ? null : { words, number };
}
