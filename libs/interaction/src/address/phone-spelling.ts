import { isWithheld } from './withheld-words.js';

/** A telephone number as somebody wrote it, taken apart; nothing is known yet of whether there is such a number. */
export interface PhoneSpelling {
  /** Lower case, without scheme, host, parameters and extension. */
  readonly bare: string;
  /** Digits, after a plus where there is one; null where that is not what it is made of. */
  readonly compact: string | null;
  /** What is dialled behind the number. */
  readonly extension: string | null;
  /** Letters stood for digits, or something else stood behind the number. */
  readonly isTidied: boolean;
  /** It was the address of somebody in a network of telephones. */
  readonly isSip: boolean;
}

const LONGEST = 200;
const SCHEME = /^(?:tel|sips?|callto|phone):/;
const INTRODUCTION =
  /^(?:tel|telefon|telefone|telefono|telephone|phone|mobile|mob|cell|fax|ph|t|m|p)\b\.?\s*(?:[:.]\s*)?(?=[+(\d])/;
const EXTENSION =
  /(?<=\d[\s)]*)[\s,;]*(?:ext(?:ension|n)?|x|#|int(?:erno)?|ramal|anexo|poste|durchwahl|dw|доб|w|p|,)[.:=]?\s*(\d{1,8})#?$/;
const GARBAGE = /^([+(]{0,2}\d[\d\s()./-]*\d)[^\d@]*$/;
const VANITY = /^[+(]{0,2}\d[\d\s().-]*(?:[a-z][\s.-]?){3,12}[\d\s.-]*$/;
const FEWEST_DIGITS = 7;
const KEYS = 'abcdefghijklmnopqrstuvwxyz';
/** What a telephone has on its keys for these letters. */
const DIGITS = '22233344455566677778889999';
const INVISIBLE = /[\p{Cf}\p{M}]/gu;
const FOREIGN_DIGITS = /[^\P{Nd}0-9]/gu;
const SEPARATORS = /[\s()./\u00a0\u2010-\u2015\u2212\u30fc_'·-]/g;

/** Takes a spelling apart. Digits of every script and width are read; at most so many characters are looked at. */
export function spellingOf(raw: string): PhoneSpelling {
  const said = plainText(raw);
  const address = /<([^<>]*)>\s*$/.exec(said)?.[1]?.trim() ?? said;
  const isSip = /^sips?:/.test(address) || address.includes('@');
  const [user = '', host = ''] = address.replace(SCHEME, '').split('@', 2);
  const [number = '', ...parameters] = user.split(';').map((part) => part.trim());
  const named = parameters.flatMap((one) => /^ext=(\d{1,8})$/.exec(one)?.[1] ?? [])[0] ?? null;
  if (/^anonymous\.invalid\b/.test(host) || isWithheld(number)) {
    const bare = isWithheld(number) ? number : 'anonymous';
    return { bare, compact: null, extension: null, isTidied: false, isSip };
  }
  const introduced = number.replace(INTRODUCTION, '');
  const dialled = EXTENSION.exec(introduced);
  const bare = dialled === null ? introduced : introduced.slice(0, dialled.index).trim();
  const tidied = isSip ? null : tidy(bare);
  return {
    bare,
    compact: compactOf(tidied ?? bare),
    extension: dialled?.[1] ?? named,
    isTidied: tidied !== null,
    isSip,
  };
}

/** Lower case, of the characters that are compared. */
function plainText(raw: string): string {
  return raw
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(FOREIGN_DIGITS, digitOf)
    .replace(/%2b/gi, '+')
    .trim()
    .toLowerCase();
}

/** Digits of every script stand in tens, beginning with their zero. */
function digitOf(digit: string): string {
  let value = 0;
  for (let code = (digit.codePointAt(0) ?? 0) - 1; value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code)); code -= 1) {
    value += 1;
  }
  return String(value);
}

/** Letters as digits, and a number without what people note behind it; null where there is nothing to do. */
function tidy(bare: string): string | null {
  if (/^[+\d\s()./-]*$/.test(bare)) {
    return null;
  }
  const number = GARBAGE.exec(bare)?.[1];
  if (number !== undefined && number.replace(/\D/g, '').length >= FEWEST_DIGITS) {
    return number;
  }
  return VANITY.test(bare) ? bare.replace(/[a-z]/g, (letter) => DIGITS[KEYS.indexOf(letter)] ?? '') : null;
}

/** The zero in brackets is dialled inside a country only; in Italy it is part of the number. */
function compactOf(text: string): string | null {
  const isForeign = /^\(?(?:\+|00)/.test(text) && !/^\(?(?:\+|00)\s*39/.test(text);
  const compact = text.replace(/\(0\)(?=.*\d)/, isForeign ? '' : '0').replace(SEPARATORS, '');
  const plain = compact.replace(/^\++(?:00)?/, '+');
  return /^\+?\d{2,20}$/.test(plain) ? plain : null;
}
