import { beginning } from '#libs/mail';
import { byWeekday, isoOf, last, localDay, next, zoneMinutes, type Day } from './calendar.js';
import { dateMentions, skipSeparator, type DateMention, type DayOfYear } from './date-mentions.js';
import { tokensOf, type Token } from './tokens.js';
import { BACK, FILLERS, FROM, isEnglish, SINCE, UNTIL, UNTIL_AFTER, weekdayOf } from './words.js';

const MOST_OF_THE_TEXT = 4096;
/** A word tells of a date that follows within so many tokens; one behind the date must be nearer. */
const REACH = 9;
const REACH_BACKWARDS = 6;

/** First and last day of an absence, `YYYY-MM-DD`; null where the note does not tell it beyond doubt. */
export interface AwayDates {
  readonly awayFrom: string | null;
  readonly awayUntil: string | null;
}

/** What a note is read against: when it was sent (ISO 8601, UTC) and its Date header as it came. */
export interface SentOn {
  readonly instant: string;
  readonly dateLine: string | null;
}

type Cue = 'until' | 'back' | 'since' | 'from' | 'range' | null;

interface Told {
  readonly mention: DateMention;
  readonly cue: Cue;
  /** The last day of the range that the mention begins. */
  readonly to: DateMention | null;
}

/**
 * Reads the dates of a note of absence. Pure and linear; only the beginning of the text is read, without quoted lines.
 * 1. Find the dates, and for each the nearest word that says what it is.
 * 2. The last day: of a range or behind `until`; else the day before the one behind `back`.
 * 3. The first day: of that range, or behind `starting`.
 * 4. A year that is missing is the one that makes the day the next after the mail. What may be the fifth of January or
 *    the first of May is neither, unless another date, the weekday, the language or the sender's zone tells.
 */
export function awayDates(text: string, sentOn: SentOn): AwayDates {
  const tokens = tokensOf(ownLines(text));
  const today = localDay(sentOn.instant, sentOn.dateLine);
  const mentions = settled(dateMentions(tokens), orderOf(tokens, sentOn), today);
  const told = toldOf(tokens, mentions);
  const range = told.find(({ cue, to }) => to !== null && (cue === 'from' || cue === 'since'));
  const bareRange = told.find(({ to }) => to !== null) ?? null;
  const until = told.find(({ cue }) => cue === 'until');
  const back = told.find(({ cue }) => cue === 'back');
  const counted = range ?? (until === undefined && back === undefined ? bareRange : null);
  const start = counted?.mention ?? told.find(({ cue }) => cue === 'since')?.mention ?? ahead(told, today);
  const lastDay = counted?.to ?? until?.mention;
  return toldDays(start, lastDay, lastDay === undefined ? back?.mention : undefined, today);
}

/** A lone `from` tells of the absence when its day is still to come: no mail is from a day to come. */
function ahead(told: readonly Told[], today: Day): DateMention | undefined {
  const lone = told.find(({ cue, to }) => cue === 'from' && to === null)?.mention;
  const day = dayIn(lone, today - 1, next);
  const followed = told.some(({ cue }) => cue === 'until' || cue === 'back');
  return day !== null && day >= today && day < today + 100 && followed ? lone : undefined;
}

function toldDays(
  start: DateMention | undefined,
  lastDay: DateMention | undefined,
  back: DateMention | undefined,
  today: Day,
): AwayDates {
  const startsIn = start?.year === undefined || start.year === null ? null : dayIn(start, today, next);
  const notBefore = Math.max(today, startsIn ?? today);
  const end = lastDay === undefined ? dayIn(back, notBefore, next) : dayIn(lastDay, notBefore, next);
  const until = end === null || lastDay !== undefined ? end : end - 1;
  const from = until === null ? (startsIn ?? dayIn(start, today, next)) : dayIn(start, until, last);
  return { awayFrom: from === null ? null : isoOf(from), awayUntil: until === null ? null : isoOf(until) };
}

function dayIn(mention: DateMention | undefined, day: Day, find: typeof next): Day | null {
  const [reading, other] = mention?.readings ?? [];
  return mention === undefined || reading === undefined || other !== undefined
    ? null
    : find(reading, mention.year, day);
}

/** What its author wrote: quoted lines are older mail. */
function ownLines(text: string): string {
  const lines = beginning(text, MOST_OF_THE_TEXT).split('\n');
  const quote = lines.findIndex((line) =>
    /^\s*-{2,}\s*(original|ursprüng|message d|mensaje|messaggio|mensagem)/i.test(line),
  );
  return (quote === -1 ? lines : lines.slice(0, quote)).filter((line) => !line.startsWith('>')).join('\n');
}

/** Each date with the word that tells what it is; of a range its first date alone. */
function toldOf(tokens: readonly Token[], mentions: readonly DateMention[]): Told[] {
  const told: Told[] = [];
  for (let index = 0; index < mentions.length; index += 1) {
    const mention = mentions[index];
    const following = mentions[index + 1];
    if (mention === undefined) {
      break;
    }
    const begins = following !== undefined && skipSeparator(tokens, mention.end) === following.start;
    const cue = cueOf(tokens, mention, mentions[index - 1]?.end ?? 0, following?.start ?? tokens.length);
    // `until 5 January and on 7 January`: what stands behind `until` begins nothing.
    const opens = begins && cue !== 'until' && cue !== 'back';
    told.push({ mention, cue: cue ?? (opens ? 'range' : null), to: opens ? following : null });
    index += opens ? 1 : 0;
  }
  return told;
}

/** The nearest of the words before the date, or behind it. A first day that somebody is back on is no first day. */
function cueOf(tokens: readonly Token[], { start, end }: DateMention, floor: number, ceiling: number): Cue {
  const before: string[] = [];
  for (let at = start - 1; at >= Math.max(floor, start - REACH) && tokens[at + 1]?.starts !== true; at -= 1) {
    before.push(tokens[at]?.text ?? '');
  }
  const after = wordsBehind(tokens, end, ceiling);
  if (after.slice(0, 3).some((word) => UNTIL_AFTER.has(word))) {
    return 'until';
  }
  const found = before.findIndex((word) => kindOf(word) !== null);
  const kind = before[found] === 'do' ? kindOfDo(before.slice(0, found)) : kindOf(before[found] ?? '');
  if (kind === 'until' || kind === 'back') {
    return kind;
  }
  if ([...before, ...after].some((word) => BACK.has(word))) {
    return 'back';
  }
  return kind ?? (after.slice(0, 2).some((word) => SINCE.has(word)) ? 'since' : null);
}

/** Right before a date Polish and Czech `do` is until, Portuguese `do dia` is from; elsewhere it is an article. */
function kindOfDo(between: readonly string[]): Cue {
  const adjacent = between.every((word) => FILLERS.has(word) || weekdayOf(word) !== null);
  return !adjacent ? null : between.includes('dia') ? 'from' : 'until';
}

/** The words behind a date up to the next mark; where no mark parts them from the next date they belong to that one. */
function wordsBehind(tokens: readonly Token[], end: number, ceiling: number): readonly string[] {
  const words: string[] = [];
  for (let at = end; at < Math.min(ceiling, end + REACH_BACKWARDS) && tokens[at]?.starts !== true; at += 1) {
    const word = tokens[at]?.text ?? '';
    // Behind a number it is said of that one.
    if (word === ',' || (word === '.' && at > end) || tokens[at]?.kind === 'number') {
      return words;
    }
    words.push(word);
  }
  return ceiling < tokens.length && ceiling <= end + REACH ? words.slice(0, 1) : words;
}

function kindOf(word: string): Exclude<Cue, 'range'> {
  const bare = word.replace(/^(d|l)'/, '');
  return UNTIL.has(bare)
    ? 'until'
    : BACK.has(bare)
      ? 'back'
      : SINCE.has(bare)
        ? 'since'
        : FROM.has(bare)
          ? 'from'
          : null;
}

type Order = 'day_first' | 'month_first' | 'unknown';

/** How the note writes dates of numbers: English alone puts the month first, and only west of the Atlantic. */
function orderOf(tokens: readonly Token[], { dateLine }: SentOn): Order {
  if (!isEnglish(tokens)) {
    return 'day_first';
  }
  const minutes = zoneMinutes(dateLine);
  return minutes === 0 || (minutes < 0 && minutes > -240) ? 'unknown' : minutes < 0 ? 'month_first' : 'day_first';
}

/** The mentions with one reading each where something tells which; what another date of the note shows counts most. */
function settled(mentions: readonly DateMention[], order: Order, today: Day): DateMention[] {
  const shown = new Set(mentions.map(({ monthFirst }) => monthFirst).filter((shows) => shows !== null));
  const [monthFirst] = shown.size === 1 ? shown : [];
  const only = monthFirst === undefined ? order : monthFirst ? 'month_first' : 'day_first';
  return mentions.map((mention) => {
    const readings = byWeekday(mention.readings, mention, today);
    return { ...mention, readings: readings.length === 1 ? readings : chosen(readings, only) };
  });
}

function chosen(readings: readonly DayOfYear[], order: Order): readonly DayOfYear[] {
  return order === 'unknown' ? readings : readings.slice(order === 'day_first' ? 0 : 1, order === 'day_first' ? 1 : 2);
}
