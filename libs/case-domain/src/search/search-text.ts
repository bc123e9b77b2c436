/** Marks that stand on letters, and characters that nobody sees, such as soft hyphens. */
const UNHEARD = /[\p{M}\p{Cf}]/gu;

/**
 * A text as search compares it, on both sides: letter case, accents and width make no difference (Unicode NFKD without
 * marks, case folded), every run of white space is one blank. Folding twice changes nothing.
 */
export function foldText(text: string): string {
  const bare = plain(text);
  // Upper case first: some letters are alike only there (ß and SS), and lower case alone has two kinds of sigma.
  return plain(bare.toUpperCase().toLowerCase()).replaceAll('ς', 'σ').replace(/\s+/gu, ' ').trim();
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(UNHEARD, '');
}

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
const NUMBER = /^(?:case-)?([1-9]\d{0,17})$/;

/** Reads `q`; null for one that asks for nothing. One that is shorter than three characters can only be a number. */
export function readSearch(text: string): CaseSearch | null {
  const folded = foldText(text);
  const number = NUMBER.exec(folded)?.[1] ?? null;
  const isLong = [...folded].length >= SHORTEST_TEXT;
  const words = isLong ? [...new Set(folded.split(' '))] : [];
  return words.length === 0 && number === null ? null : { words, number };
}
