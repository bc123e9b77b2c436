/** How numbers are written inside a country. */
interface NumberingPlan {
  readonly code: string;
  /** A zero stands before a number that is dialled inside the country, and is no part of it. */
  readonly trunk: boolean;
  /** Digits of a number without its trunk zero. */
  readonly least: number;
  readonly most: number;
}

const plan = (code: string, trunk: boolean, least: number, most = least): NumberingPlan => ({
  code,
  trunk,
  least,
  most,
});

/** By ISO 3166 code; those whose written numbers can be told without the plans of each area. */
const PLANS: Readonly<Record<string, NumberingPlan>> = {
  AT: plan('43', true, 7, 13),
  AU: plan('61', true, 9),
  BE: plan('32', true, 8, 9),
  BR: plan('55', false, 10, 11),
  CA: plan('1', false, 10),
  CH: plan('41', true, 9),
  CZ: plan('420', false, 9),
  DE: plan('49', true, 7, 12),
  DK: plan('45', false, 8),
  ES: plan('34', false, 9),
  FI: plan('358', true, 7, 10),
  FR: plan('33', true, 9),
  GB: plan('44', true, 9, 10),
  GR: plan('30', false, 10),
  IE: plan('353', true, 8, 9),
  IN: plan('91', true, 10),
  MX: plan('52', false, 10),
  NL: plan('31', true, 9),
  NO: plan('47', false, 8),
  NZ: plan('64', true, 8, 10),
  PL: plan('48', false, 9),
  PT: plan('351', false, 9),
  RO: plan('40', true, 9),
  SE: plan('46', true, 7, 10),
  SK: plan('421', true, 9),
  TR: plan('90', true, 10),
  US: plan('1', false, 10),
  ZA: plan('27', true, 9),
};

/**
 * The E.164 form of digits that somebody in the country wrote without `+`; null where they may be something else: an
 * extension, a number of the same town, a country that is not known here.
 */
export function nationalNumber(digits: string, country: string): string | null {
  const found = PLANS[country.toUpperCase()];
  if (found === undefined) {
    return null;
  }
  const { code, trunk, least, most } = found;
  const fits = (rest: string) => /^[1-9]/.test(rest) && rest.length >= least && rest.length <= most;
  if (trunk) {
    return digits.startsWith('0') && fits(digits.slice(1)) ? `+${code}${digits.slice(1)}` : null;
  }
  // Where all numbers have one length, a longer one that begins with the country code has it already.
  const withCode = digits.startsWith(code) && least === most && fits(digits.slice(code.length));
  return withCode ? `+${digits}` : fits(digits) ? `+${code}${digits}` : null;
}
