import { remembering } from '../remembering.js';
import { phoneAlternates } from './phone-alternates.js';
import { type PlannedKind, plannedNationalNumber, type PlannedNumber, plannedWorldNumber } from './phone-plans.js';
import { type PhoneSpelling, spellingOf } from './phone-spelling.js';
import { hiddenBy, isWithheld } from './withheld-words.js';

export { internationalSpelling } from './phone-plans.js';

/**
 * What a spelling amounts to: a number of a plan by its kind; `unplanned`, plainly international and in no plan; `local`,
 * digits that only the system which wrote them knows; `extension`, up to six of these; `short`, one that a whole country
 * dials; `sip`, an address without a number; `withheld`; `invalid`, no number at all.
 */
export type PhoneKind = PlannedKind | 'local' | 'extension' | 'short' | 'sip' | 'withheld' | 'invalid';

/**
 * `certain`: a plan of the world knows it as it is written. `likely`: it does once letters, a doubled country code or what
 * was noted behind it are put right. `unproven`: international, and no plan knows it. `local`: of one system or country
 * that is not known. `none`: there is no key.
 */
export type PhoneConfidence = 'certain' | 'likely' | 'unproven' | 'local' | 'none';

export interface PhoneReading {
  /** The one spelling in which numbers are compared and stored; null where there is no number. */
  readonly key: string | null;
  readonly kind: PhoneKind;
  readonly confidence: PhoneConfidence;
  /** Digits that are dialled behind the number. */
  readonly extension: string | null;
}

const LONGEST_EXTENSION = 6;
const WORLD = /^[1-9]\d{5,14}$/;
/** Emergency, harmonised services of Europe, directory enquiries. */
const SHORT = /^(?:11[0-9]|9[19]1|999|000|116\d{3}|118\d{2,3})$/;
/** What a country dialled before its numbers until it gave that up; people have it in their books. */
const FORMER_PREFIXES: Readonly<Record<string, RegExp>> = { MX: /^(?:01|04[45])(?=\d{10}$)/ };
const NOBODY: Omit<PhoneReading, 'kind'> = { key: null, confidence: 'none', extension: null };

/**
 * Reads a telephone number, however it is spelled. Its key is E.164 where the plans of the world know it, read with the
 * `country` (ISO 3166) where it is written as inside one; `+` and digits where it is plainly international and no plan
 * knows it; the bare digits otherwise. Up to six digits are an extension and no number of the world. Reads `tel:` and
 * `sip:` addresses; what is dialled behind the number is no part of its key.
 */
export function readPhoneNumber(raw: string, country: string | null = null): PhoneReading {
  return raw.length > MOST_REMEMBERED
    ? readSpelling(raw, country)
    : readingOf(`${country ?? ''} ${raw}`, () => readSpelling(raw, country));
}

/** As `readPhoneNumber`, for numbers of which each comes once: to remember one costs as much as to read it. */
export function readUnrepeatedPhoneNumber(raw: string, country: string | null): PhoneReading {
  return readSpelling(raw, country);
}

const MOST_REMEMBERED = 60;
const readingOf = remembering<PhoneReading>(20_000);

/** The identity of a telephone number (`readPhoneNumber`). Null for what is withheld or no number. */
export function normalisePhoneNumber(raw: string, country: string | null = null): string | null {
  return readPhoneNumber(raw, country).key;
}

/**
 * How a caller is hidden: `unavailable` and `unknown` where the telephone system says so, `withheld` for every other word,
 * keypad spelling or empty text that stands in the place of a number; null when a number may be there.
 */
export function hiddenAs(raw: string): 'withheld' | 'unavailable' | 'unknown' | null {
  const { bare } = spellingOf(raw);
  return isWithheld(bare) ? hiddenBy(bare) : null;
}

/**
 * The digits that all spellings of a number share: without country, without what is dialled before a number inside its
 * country or to call abroad. Digits that may begin with a country are read without it, so that too many are found rather
 * than too few.
 */
export function significantDigits(written: string): string {
  const key = normalisePhoneNumber(written);
  const national = key?.startsWith('+') === true ? nationalDigits(key) : null;
  if (national !== null) {
    return national.replace(/^0+/, '');
  }
  const digits = (key ?? written).replace(/\D/g, '');
  const abroad = /^(?:0011|011|010|00)?([1-9]\d{9,14})$/.exec(digits)?.[1];
  const world = abroad === undefined ? null : plannedWorldNumber(`+${abroad}`);
  return (world?.national ?? digits).replace(/^0+/, '');
}

/** Without the code of its country, also in a spelling that the country has given up; null where no plan knows it. */
function nationalDigits(key: string): string | null {
  for (const spelling of [key, ...phoneAlternates(key)]) {
    const planned = plannedWorldNumber(spelling);
    if (planned !== null) {
      return key.slice(planned.number.length - planned.national.length);
    }
  }
  return null;
}

function readSpelling(raw: string, country: string | null): PhoneReading {
  const spelling = spellingOf(raw);
  const { bare, compact, extension, isSip } = spelling;
  if (isWithheld(bare)) {
    return { ...NOBODY, kind: 'withheld' };
  }
  if (compact === null || isWithheld(compact)) {
    return { ...NOBODY, kind: isSip && compact === null ? 'sip' : compact === null ? 'invalid' : 'withheld' };
  }
  const digits = compact.replace(/^\+/, '');
  const isWorld = compact.startsWith('+');
  const abroad = isWorld ? digits : /^00[1-9]\d{7,16}$/.test(digits) ? digits.slice(2) : null;
  // Countries that are not called by 00 from everywhere: what they dial instead may begin with it.
  const known = isWorld || abroad === null ? null : plannedNationalNumber(digits, country);
  if (known !== null) {
    return { ...plannedAs(known, confidenceOf(spelling)), extension };
  }
  const read = abroad === null ? readNational(digits, country, spelling) : readWorld(abroad, spelling);
  return { ...read, extension };
}

function confidenceOf({ isTidied }: PhoneSpelling): PhoneConfidence {
  return isTidied ? 'likely' : 'certain';
}

function readWorld(digits: string, spelling: PhoneSpelling): PhoneReading {
  const planned = WORLD.test(digits) ? plannedWorldNumber(`+${digits}`) : null;
  if (planned !== null) {
    return plannedAs(planned, confidenceOf(spelling));
  }
  const repaired = withoutDoubledPrefix(digits);
  if (repaired !== null) {
    return plannedAs(repaired, 'likely');
  }
  return WORLD.test(digits)
    ? { key: `+${digits}`, kind: 'unplanned', confidence: 'unproven', extension: null }
    : { ...NOBODY, kind: 'invalid' };
}

function readNational(digits: string, country: string | null, spelling: PhoneSpelling): PhoneReading {
  if (digits.length <= LONGEST_EXTENSION) {
    const kind = SHORT.test(digits) ? 'short' : 'extension';
    return spelling.isTidied
      ? { ...NOBODY, kind: 'invalid' }
      : { key: digits, kind, confidence: 'local', extension: null };
  }
  const planned = plannedNationalNumber(digits, country);
  if (planned !== null) {
    return plannedAs(planned, confidenceOf(spelling));
  }
  const former = FORMER_PREFIXES[country?.toUpperCase() ?? ''];
  const bare = former === undefined ? digits : digits.replace(former, '');
  const repaired = bare === digits ? null : plannedNationalNumber(bare, country);
  return repaired === null
    ? { key: digits, kind: 'local', confidence: 'local', extension: null }
    : plannedAs(repaired, 'likely');
}

/** `+351 351 210 000 001` and `0011 44 …`: somebody put a code or a prefix before a number that had one. */
function withoutDoubledPrefix(digits: string): PlannedNumber | null {
  const abroad = /^11([1-9]\d{9,14})$/.exec(digits)?.[1];
  const doubled = [3, 2, 1].map((length) => {
    const code = digits.slice(0, length);
    return new RegExp(`^${code}(?:00)?(${code}\\d+)$`).exec(digits)?.[1];
  });
  for (const rest of [...doubled, abroad]) {
    const planned = rest === undefined || !WORLD.test(rest) ? null : plannedWorldNumber(`+${rest}`);
    if (planned !== null) {
      return planned;
    }
  }
  return null;
}

function plannedAs({ number, kind }: PlannedNumber, confidence: PhoneConfidence): PhoneReading {
  return { key: number, kind, confidence, extension: null };
}
