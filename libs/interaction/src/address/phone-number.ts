import { createRequire } from 'node:module';
import type * as PhoneNumbers from 'libphonenumber-js/max';
import { remembering } from '../remembering.js';

/** The copy that checks of requests use as well: another one would keep the plans of the world a second time. */
const { isSupportedCountry, parsePhoneNumberFromString } = createRequire(import.meta.url)(
  'libphonenumber-js/max',
) as typeof PhoneNumbers;

/** What telephone systems write for a caller who hides the number, or whom they do not know; lower case. */
const WITHHELD: ReadonlySet<string> = new Set([
  '',
  'anonymous',
  'anonymous caller',
  'anonym',
  'anonyme',
  'anonimo',
  'anoniem',
  'asreceived',
  'blocked',
  'desconhecido',
  'desconocido',
  'inconnu',
  'no caller id',
  'no number',
  'null',
  'numéro masqué',
  'numero privato',
  'número oculto',
  'número privado',
  'onbekend',
  'out of area',
  'payphone',
  'privat',
  'private',
  'private caller',
  'private number',
  'privado',
  'restricted',
  'sconosciuto',
  'unavailable',
  'unbekannt',
  'unbekannte nummer',
  'unknown',
  'an unknown caller',
  'unknown caller',
  'unknown number',
  'unterdrückt',
  'verborgen nummer',
  'wireless caller',
  'withheld',
]);
/** The words ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE as spelled on a keypad; one looks like a number. */
const SPELLED = /^(1?266696687|7378742833|2562533|8656696|86282452253|1?0{4,})$/;
const LONGEST = 100;
const LONGEST_EXTENSION = 6;

/**
 * The identity of a telephone number, the one spelling in which numbers are compared and stored: E.164 where the plans of
 * the world know it, read with the `country` (ISO 3166) where it is written as inside one; `+` and digits where it is
 * plainly international and no plan knows it; the bare digits otherwise: only the system that wrote them knows what they
 * are. Up to six digits are an extension and no number of the world. Reads `tel:` and `sip:` addresses. Null for what is
 * withheld or no number.
 */
export function normalisePhoneNumber(raw: string, country: string | null = null): string | null {
  const bare = bareNumber(raw);
  if (isWithheldWord(bare)) {
    return null;
  }
  const compact = bare
    .replace(/\(0\)(?=.*\d)/, bare.startsWith('+') && !bare.startsWith('+39') ? '' : '0')
    .replace(/[\s()./\u00a0\u2010-\u2015-]/g, '');
  const digits = compact.replace(/^\+/, '');
  if (!/^\d{2,20}$/.test(digits) || SPELLED.test(digits)) {
    return null;
  }
  const international = compact.startsWith('+') ? digits : /^00[1-9]\d{7,14}$/.test(digits) ? digits.slice(2) : null;
  if (international === null) {
    const isExtension = digits.length <= LONGEST_EXTENSION;
    const read = (): string | null => nationalNumber(digits, country);
    return (isExtension ? null : numberOf(`${country ?? ''} ${digits}`, read)) ?? digits;
  }
  const world = `+${international}`;
  return /^[1-9]\d{5,14}$/.test(international) ? numberOf(world, () => worldNumber(world)) : null;
}

/** As people of any country write it, such as `+351 21 000 0001`; unchanged where no plan of the world knows it. */
export function internationalSpelling(number: string): string {
  return number.startsWith('+') ? spellingOf(number, () => spelled(number)) : number;
}

function spelled(number: string): string {
  const parsed = parsePhoneNumberFromString(number);
  return parsed?.isPossible() === true ? parsed.formatInternational() : number;
}

const numberOf = remembering<string | null>(20_000);
const spellingOf = remembering<string>(20_000);

function worldNumber(plain: string): string {
  const parsed = parsePhoneNumberFromString(plain);
  return parsed?.isValid() === true ? parsed.number : plain;
}

/**
 * Merely possible is not enough, and neither are digits without the zero by which a country begins its numbers: they may
 * be a number of the same town, and a wrong guess would make two people one.
 */
function nationalNumber(digits: string, country: string | null): string | null {
  const known = country?.toUpperCase() ?? '';
  const parsed = isSupportedCountry(known) ? parsePhoneNumberFromString(digits, known) : undefined;
  if (parsed?.isValid() !== true) {
    return null;
  }
  const national = parsed.formatNational().replace(/\D/g, '');
  return [national, `0${national}`, parsed.number.slice(1)].includes(digits) ? parsed.number : null;
}

/**
 * How a caller is hidden: `unavailable` and `unknown` where the telephone system says so, `withheld` for every other word,
 * keypad spelling or empty text that stands in the place of a number; null when a number may be there.
 */
export function hiddenAs(raw: string): 'withheld' | 'unavailable' | 'unknown' | null {
  const bare = bareNumber(raw);
  const digits = bare.replace(/^\+/, '');
  if (!isWithheldWord(bare) && !SPELLED.test(digits)) {
    return null;
  }
  if (/unavailable|out of area/.test(bare) || digits === '86282452253') {
    return 'unavailable';
  }
  return /unknown|unbekannt|inconnu|desco|sconosciuto|onbekend/.test(bare) || digits === '8656696'
    ? 'unknown'
    : 'withheld';
}

function isWithheldWord(bare: string): boolean {
  return WITHHELD.has(bare) || bare.startsWith('anonymous');
}

/** Lower case, without the scheme of a `tel:` or `sip:` address and what follows the number. */
function bareNumber(raw: string): string {
  const said = raw.slice(0, LONGEST).trim().toLowerCase();
  return (
    said
      .replace(/^(tel|sips?):/, '')
      .split(/[;@,]/, 1)[0]
      ?.trim() ?? ''
  );
}
