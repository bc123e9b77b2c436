/**
 * A date of Japanese, Chinese or Korean with what stands right before and behind it, as these languages write no
 * blanks: `2026年3月13日（金）まで`, `至3月13日`, `3월 16일에 복귀`.
 */
const DATE =
  /([至到] ?)?(?:(20\d\d) ?[年년] ?)?(?<!\d)(\d{1,2}) ?[月월] ?(\d{1,2})(?: ?[日일号號])?(?: ?[（(][^()（）\n]{1,4}[)）])?(?: ?(まで|迄|까지|止)|(?: ?(?:に|より|から|에|부터|起))? ?(戻|出社|復帰|出勤|回来|回來|回到|返回|恢复|恢復|上班|복귀|돌아|출근)| ?(から|より|부터|起|[〜～~]))?/gu;

/** `3/13（金）まで`: what stands behind it tells that it is a date of these languages, the month first. */
const SLASHED =
  /(?<![\d/])(\d{1,2})\/(\d{1,2})(?=(?:[（(][月火水木金土日一二三四五六월화수목금토일][)）])? ?(?:まで|から|より|까지|부터|[至到〜～]))/gu;
/** `3月2日から13日まで`: the second day has no month of its own. */
const SAME_MONTH =
  /(\d{1,2} ?[月월]) ?(\d{1,2} ?[日일号號]?(?:[（(][^()（）\n]{1,4}[)）])? ?(?:から|より|부터|[至到〜～~-]) ?)(\d{1,2}) ?([日일号號])/gu;

/** Such dates in the form and with the words that notes of other languages have; the rest of the text as it is. */
export function withEastAsianDates(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(SLASHED, '$1月$2日')
    .replace(SAME_MONTH, '$1$2$1$3$4')
    .replace(DATE, (...found) => {
      const [, until, year, month, day, untilBehind, back, from] = found as (string | undefined)[];
      const date = year === undefined ? `${day}.${month}.` : `${year}-${month}-${day}`;
      const before = back === undefined ? (until === undefined ? '' : 'till') : 'back';
      const behind = untilBehind === undefined ? (from === undefined ? '' : '-') : 'kadar';
      return ` ${before} ${date} ${behind} `;
    });
}
