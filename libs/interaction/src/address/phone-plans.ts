import { createRequire } from 'node:module';
import type * as PhoneNumbers from 'libphonenumber-js/max';
import { remembering } from '../remembering.js';

/** The copy that checks of requests use as well: another one would keep the plans of the world a second time. */
const { isSupportedCountry, parsePhoneNumberFromString } = createRequire(import.meta.url)(
  'libphonenumber-js/max',
) as typeof PhoneNumbers;

/** What the plans of the world say that a number is for. */
export type PlannedKind =
  | 'fixed'
  | 'mobile'
  | 'fixed_or_mobile'
  | 'toll_free'
  | 'premium_rate'
  | 'shared_cost'
  | 'voip'
  | 'personal'
  | 'pager'
  | 'company'
  | 'voicemail'
  | 'unplanned';

const KINDS: Readonly<Record<string, PlannedKind>> = {
  FIXED_LINE: 'fixed',
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'fixed_or_mobile',
  TOLL_FREE: 'toll_free',
  PREMIUM_RATE: 'premium_rate',
  SHARED_COST: 'shared_cost',
  VOIP: 'voip',
  PERSONAL_NUMBER: 'personal',
  PAGER: 'pager',
  UAN: 'company',
  VOICEMAIL: 'voicemail',
};

/** A number that a plan of the world knows. */
export interface PlannedNumber {
  /** E.164. */
  readonly number: string;
  readonly kind: PlannedKind;
  /** Inside its country, without what is dialled before numbers there. */
  readonly national: string;
}

/** `plain`: plus and digits. Null where no plan of the world knows it. */
export function plannedWorldNumber(plain: string): PlannedNumber | null {
  return plannedOf(parsePhoneNumberFromString(plain));
}

/**
 * A number as it is written inside a country (ISO 3166-1 alpha-2), or with the prefix by which that country calls others.
 * Merely possible is not enough, and neither are digits without the zero by which a country begins its numbers: they may
 * be a number of the same town, and a wrong guess would make two people one.
 */
export function plannedNationalNumber(digits: string, country: string | null): PlannedNumber | null {
  const known = country?.toUpperCase() ?? '';
  const parsed = isSupportedCountry(known) ? parsePhoneNumberFromString(digits, known) : undefined;
  const planned = plannedOf(parsed);
  if (planned === null || parsed === undefined) {
    return null;
  }
  const isPrefixed = digits.length > planned.national.length && digits.endsWith(planned.national);
  return isPrefixed || isWrittenIn(parsed, digits) ? planned : null;
}

function isWrittenIn(parsed: PhoneNumbers.PhoneNumber, digits: string): boolean {
  const written = parsed.formatNational().replace(/\D/g, '');
  return [written, `0${written}`, parsed.number.slice(1)].includes(digits);
}

/** As people of any country write it, such as `+351 21 000 0001`; unchanged where no plan of the world knows it. */
export function internationalSpelling(number: string): string {
  return number.startsWith('+') ? spellingOf(number, () => spelled(number)) : number;
}

const spellingOf = remembering<string>(20_000);

function spelled(number: string): string {
  const parsed = parsePhoneNumberFromString(number);
  return parsed?.isPossible() === true ? parsed.formatInternational() : number;
}

/** A number of a known type is valid: to ask for both looks through the plans twice. */
function plannedOf(parsed: PhoneNumbers.PhoneNumber | undefined): PlannedNumber | null {
  const type = parsed?.getType();
  return parsed === undefined || (type === undefined && !parsed.isValid())
    ? null
    : { number: parsed.number, kind: KINDS[type ?? ''] ?? 'unplanned', national: parsed.nationalNumber };
}
