/** A word, a number or a mark of a text. */
export interface Token {
  /** Lower case, NFC. */
  readonly text: string;
  readonly kind: 'word' | 'number' | 'mark';
  /** A sentence or a paragraph ends before it. */
  readonly starts: boolean;
}

const TOKEN = /(\n[ \t]*\n)|(\d+)|(\p{L}[\p{L}\p{M}']*)|([^\s\p{L}\d])/gu;

/** The tokens of a text in one pass. The caller bounds the text. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let starts = true;
  const plain = spelledOut(withEastAsianDates(text.normalize('NFC').toLowerCase()));
  for (const [token, paragraph, number, word] of plain.matchAll(TOKEN)) {
    if (paragraph !== undefined) {
      starts = true;
      continue;
    }
    tokens.push({ text: token, kind: number !== undefined ? 'number' : word !== undefined ? 'word' : 'mark', starts });
    starts = token === '!' || token === '?' || token === ';';
  }
  return tokens;
}

/** It belongs to the date before it and says nothing more; between two dates it would part them. */
const TIME_OF_DAY =
  /,? ?(?<![\p{L}\d:])(?:(?:at|um|à|om|alle|ore|kl|klo|в|o) )?\d{1,2}:\d\d(?::\d\d)?(?![\d:])(?: ?(?:uhr|am|pm|a\.m\.|p\.m\.|h)(?!\p{L}))?/gu;

/**
 * Abbreviations with marks in them as one word: Dutch `t/m`, Swedish and Danish `t.o.m.`. Endings of Hungarian as words
 * of their own (`13-ig`), and a year that stands before its month (`2026. március 13`, `2026 m. kovo 13`) behind it.
 */
function spelledOut(text: string): string {
  return text
    .replaceAll('\u0307', '')
    .replaceAll('\r', '')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replaceAll('t/m', 'tot')
    .replaceAll('t.e.m', 'tot')
    .replaceAll('t.o.m', 'tom')
    .replaceAll('t. o. m', 'tom')
    .replace(TIME_OF_DAY, ' ')
    .replace(/(20\d\d)(?: m)?\. ?(\p{L}{3,14}) (\d{1,2})(?!\d)/gu, '$2 $3 $1')
    .replace(/(\d)\.?-(ig|t[óő]l)(?!\p{L})/gu, '$1 $2');
}

/**
 * A date of Japanese, Chinese or Korean with what stands right before and behind it, as these languages write no
 * blanks: `2026年3月13日（金）まで`, `至3月13日`, `3월 16일에 복귀`.
 */
const EAST_ASIAN_DATE =
  /([至到] ?)?(?:(20\d\d) ?[年년] ?)?(?<!\d)(\d{1,2}) ?[月월] ?(\d{1,2})(?: ?[日일号號])?(?: ?[（(][^()（）\n]{1,4}[)）])?(?: ?(まで|迄|까지|止)|(?: ?(?:に|より|から|에|부터|起))? ?(戻|出社|復帰|出勤|回来|回來|回到|返回|恢复|恢復|上班|복귀|돌아|출근)| ?(から|より|부터|起|[〜～~]))?/gu;

/** `3/13（金）まで`: what stands behind it tells that it is a date of these languages, the month first. */
const SLASHED =
  /(?<![\d/])(\d{1,2})\/(\d{1,2})(?=(?:[（(][月火水木金土日一二三四五六월화수목금토일][)）])? ?(?:まで|から|より|까지|부터|[至到〜～]))/gu;
/** `3月2日から13日まで`: the second day has no month of its own. */
const SAME_MONTH =
  /(\d{1,2} ?[月월]) ?(\d{1,2} ?[日일号號]?(?:[（(][^()（）\n]{1,4}[)）])? ?(?:から|より|부터|[至到〜～~-]) ?)(\d{1,2}) ?([日일号號])/gu;

/** Such dates in the form and with the words that notes of other languages have; the rest of the text as it is. */
function withEastAsianDates(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(SLASHED, '$1月$2日')
    .replace(SAME_MONTH, '$1$2$1$3$4')
    .replace(EAST_ASIAN_DATE, (...found) => {
      const [, until, year, month, day, untilBehind, back, from] = found as (string | undefined)[];
      const date = year === undefined ? `${day}.${month}.` : `${year}-${month}-${day}`;
      const before = back === undefined ? (until === undefined ? '' : 'till') : 'back';
      const behind = untilBehind === undefined ? (from === undefined ? '' : '-') : 'kadar';
      return ` ${before} ${date} ${behind} `;
    });
}
