import type { Token } from './tokens.js';
import { FILLERS, monthOf, TO, weekdayOf } from './words.js';

/** Day and month as a text names them. */
export interface DayOfYear {
  readonly month: number;
  readonly day: number;
}

/** A date in a text: where it stands and what it may mean. */
export interface DateMention {
  /** Tokens from `start` up to and without `end`. */
  readonly start: number;
  readonly end: number;
  readonly year: number | null;
  /** One reading, or two where day and month may be either: day first, then month first. */
  readonly readings: readonly DayOfYear[];
  /** The day of the week that stands before it. */
  readonly weekday: number | null;
  /** Of a date with slashes or dashes that has only one reading: which of its numbers is the month. */
  readonly monthFirst: boolean | null;
}

type Found = Pick<DateMention, 'end' | 'year' | 'readings'> & Partial<Pick<DateMention, 'monthFirst'>>;

const ORDINAL = new Set(['st', 'nd', 'rd', 'th', 'er', 'e', 'de', 'º', 'ª', '°', '.', 'ste', ':e', 'a']);
const OF = new Set(['of', 'de', 'di', 'del', 'd', 'den', '-', '.', '/', 'the']);
const HOURS = new Set(['uhr', 'h', 'pm', 'am', 'o', 'hrs', 'hours', '%', '€']);
const MOST_MENTIONS = 40;

/** The dates in a text, in their order. A day whose month stands only behind the next one, `3 to 17 August`, counts. */
export function dateMentions(tokens: readonly Token[]): DateMention[] {
  const mentions: DateMention[] = [];
  for (let at = 0; at < tokens.length && mentions.length < MOST_MENTIONS; at += 1) {
    const found = iso(tokens, at) ?? numeric(tokens, at) ?? dayThenMonth(tokens, at) ?? monthThenDay(tokens, at);
    const borrowed = found === null ? bareDay(tokens, at) : null;
    const mention = found ?? borrowed;
    if (mention !== null) {
      mentions.push({ monthFirst: null, ...mention, start: at, weekday: weekdayBefore(tokens, at) });
      at = mention.end - 1;
    }
  }
  return mentions;
}

function numberAt(tokens: readonly Token[], at: number, digits: RegExp): number | null {
  const token = tokens[at];
  return token?.kind === 'number' && digits.test(token.text) ? Number(token.text) : null;
}

function textAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.text ?? '';
}

const DAY = /^\d{1,2}$/;
const YEAR = /^20\d\d$/;

/** `2026-12-24`, `2026/12/24`, `2026.12.24` (ISO 8601 and its kin). */
function iso(tokens: readonly Token[], at: number): Found | null {
  const [year, month, day] = [numberAt(tokens, at, YEAR), numberAt(tokens, at + 2, DAY), numberAt(tokens, at + 4, DAY)];
  const mark = textAt(tokens, at + 1);
  const sound = /^[-/.]$/.test(mark) && textAt(tokens, at + 3) === mark;
  return sound && year !== null && month !== null && day !== null ? withReadings([{ month, day }], year, at + 5) : null;
}

/** `24.12.`, `24.12.2026`, `24/12`, `12/24/26`, `24-12-2026`. */
function numeric(tokens: readonly Token[], at: number): Found | null {
  const mark = textAt(tokens, at + 1);
  const [first, second] = [numberAt(tokens, at, DAY), numberAt(tokens, at + 2, DAY)];
  if (first === null || second === null || !/^[-/.]$/.test(mark)) {
    return null;
  }
  const again = textAt(tokens, at + 3) === mark;
  const written = again ? numberAt(tokens, at + 4, /^(20)?\d\d$/) : null;
  const year = written === null ? null : written < 100 ? 2000 + written : written;
  const end = year !== null ? at + 5 : again && mark === '.' ? at + 4 : at + 3;
  const shift = mark === '/' && first === 24 && second === 7 && year === null;
  if (shift || (mark === '-' && year === null) || (year === null && HOURS.has(textAt(tokens, end)))) {
    return null;
  }
  const [dayFirst, monthFirst] = [
    { day: first, month: second },
    { day: second, month: first },
  ];
  const found = withReadings(mark === '.' ? [dayFirst] : [dayFirst, monthFirst], year, end);
  const shows = mark !== '.' && found?.readings.length === 1 && first !== second;
  return shows ? { ...found, monthFirst: found.readings[0]?.month === first } : found;
}

/** `24 December`, `24th of Dec., 2026`, `24. Dezember`, `1er août`, `24 de diciembre de 2026`. */
function dayThenMonth(tokens: readonly Token[], at: number): Found | null {
  const day = numberAt(tokens, at, DAY);
  let next = at + 1;
  if (day === null) {
    return null;
  }
  next += ORDINAL.has(textAt(tokens, next)) && monthOf(textAt(tokens, next)) === null ? 1 : 0;
  next += OF.has(textAt(tokens, next)) ? 1 : 0;
  const month = monthOf(textAt(tokens, next));
  return month === null ? null : withYear([{ month, day }], tokens, next + 1);
}

/** `December 24`, `Dec. 24th, 2026`. */
function monthThenDay(tokens: readonly Token[], at: number): Found | null {
  const month = tokens[at]?.kind === 'word' ? monthOf(textAt(tokens, at)) : null;
  const next = textAt(tokens, at + 1) === '.' ? at + 2 : at + 1;
  const day = month === null ? null : numberAt(tokens, next, DAY);
  if (month === null || day === null) {
    return null;
  }
  const end = /^(st|nd|rd|th)$/.test(textAt(tokens, next + 1)) ? next + 2 : next + 1;
  return withYear([{ month, day }], tokens, end);
}

/** The `3` of `3 to 17 August`, and the `17` of `August 3-17`. */
function bareDay(tokens: readonly Token[], at: number): Found | null {
  const day = numberAt(tokens, at, DAY);
  if (day === null) {
    return null;
  }
  const before = beforeDash(tokens, at);
  if (before !== null) {
    return withYear([{ month: before, day }], tokens, at + 1);
  }
  let next = at + 1;
  next += ORDINAL.has(textAt(tokens, next)) && !TO.has(textAt(tokens, next)) ? 1 : 0;
  const separator = skipSeparator(tokens, next);
  const other = separator === null ? null : dayThenMonth(tokens, separator);
  const month = other?.readings[0]?.month;
  return other === null || month === undefined ? null : withReadings([{ month, day }], other.year, next);
}

/** The month of `August 3 -`, for the day that follows. */
function beforeDash(tokens: readonly Token[], at: number): number | null {
  const dash = /^([-–—−]|to|through|thru|until|t[óő]l)$/.test(textAt(tokens, at - 1));
  const start = /^(st|nd|rd|th)$/.test(textAt(tokens, at - 2)) ? at - 4 : at - 3;
  const day = dash ? numberAt(tokens, start + 1, DAY) : null;
  return day === null ? null : monthOf(textAt(tokens, start));
}

/** Where the second date begins behind `to`, `bis zum`, `-` …; null when none of these stands there. */
export function skipSeparator(tokens: readonly Token[], at: number): number | null {
  let next = at;
  let separated = false;
  for (; next < at + 7; next += 1) {
    const text = textAt(tokens, next);
    if (TO.has(text)) {
      separated = true;
    } else if (!FILLERS.has(text) && weekdayOf(text) === null) {
      break;
    }
  }
  return separated ? next : null;
}

/** With the year that follows: `, 2026`, `de 2026`, ` 2026`. */
function withYear(readings: readonly DayOfYear[], tokens: readonly Token[], end: number): Found | null {
  for (const at of [end, end + 1, end + 2]) {
    const year = numberAt(tokens, at, YEAR);
    if (year !== null) {
      return withReadings(readings, year, at + 1);
    }
    if (!/^([,.-]|de|of|del|r)$/.test(textAt(tokens, at))) {
      break;
    }
  }
  return withReadings(readings, null, end);
}

function withReadings(readings: readonly DayOfYear[], year: number | null, end: number): Found | null {
  const possible = readings.filter(
    ({ month, day }, index) =>
      month >= 1 && month <= 12 && day >= 1 && day <= 31 && (index === 0 || readings[0]?.day !== day),
  );
  return possible.length === 0 ? null : { end, year, readings: possible };
}

function weekdayBefore(tokens: readonly Token[], at: number): number | null {
  for (let before = at - 1; before >= Math.max(0, at - 4); before -= 1) {
    const text = textAt(tokens, before);
    const weekday = weekdayOf(text);
    if (weekday !== null || !FILLERS.has(text)) {
      return weekday;
    }
  }
  return null;
}
