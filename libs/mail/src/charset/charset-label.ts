import { encodingExists } from 'iconv-lite';
import type { StatefulCharset } from './stateful-charsets.js';

/** A charset that can be decoded; `stateful` ones are flattened first. */
export type Charset =
  | { readonly kind: 'utf8' }
  /** Seven bits, declared or by default: says nothing about bytes that have eight. */
  | { readonly kind: 'ascii' }
  | { readonly kind: 'stateful'; readonly name: StatefulCharset }
  /** Characters of a single byte: what is valid UTF-8 by chance as good as never was meant so. */
  | { readonly kind: 'single'; readonly name: string }
  /** Characters of several bytes, or of two or four. */
  | { readonly kind: 'multi'; readonly name: string };

const UTF8: Charset = { kind: 'utf8' };
const ASCII: Charset = { kind: 'ascii' };

/**
 * What labels mean in practice (WHATWG Encoding, and what mail programs write): the larger set that contains the
 * declared one. Letters and digits only.
 */
const MEANT: Readonly<Record<string, string>> = {
  iso88591: 'windows-1252',
  latin1: 'windows-1252',
  l1: 'windows-1252',
  iso8859: 'windows-1252',
  ansi: 'windows-1252',
  iso88599: 'windows-1254',
  latin5: 'windows-1254',
  iso885911: 'windows-874',
  tis620: 'windows-874',
  iso88598i: 'windows-1255',
  iso88598e: 'windows-1255',
  iso88598: 'windows-1255',
  gb2312: 'gb18030',
  gb231280: 'gb18030',
  gbk: 'gb18030',
  xgbk: 'gb18030',
  euccn: 'gb18030',
  cngb: 'gb18030',
  chinese: 'gb18030',
  cp936: 'gb18030',
  ms936: 'gb18030',
  windows936: 'gb18030',
  big5: 'big5-hkscs',
  xxbig5: 'big5-hkscs',
  cnbig5: 'big5-hkscs',
  big5hkscs: 'big5-hkscs',
  big5eten: 'big5-hkscs',
  cp950: 'big5-hkscs',
  ms950: 'big5-hkscs',
  ksc5601: 'cp949',
  ksc56011987: 'cp949',
  ksc56011989: 'cp949',
  ksc5601_1987: 'cp949',
  korean: 'cp949',
  euckr: 'cp949',
  uhc: 'cp949',
  windows949: 'cp949',
  shiftjis: 'cp932',
  sjis: 'cp932',
  xsjis: 'cp932',
  mskanji: 'cp932',
  windows31j: 'cp932',
  cswindows31j: 'cp932',
  ms932: 'cp932',
  shiftjis2004: 'cp932',
  eucjp: 'euc-jp',
  xeucjp: 'euc-jp',
  eucjpms: 'euc-jp',
  eucjpwin: 'euc-jp',
  utf7: 'utf-7',
  unicode11utf7: 'utf-7',
  csunicode11utf7: 'utf-7',
  xmacroman: 'macintosh',
  macroman: 'macintosh',
  xmaccyrillic: 'maccyrillic',
  koi8: 'koi8-r',
  koi: 'koi8-r',
  win1251: 'windows-1251',
  win1250: 'windows-1250',
  win1252: 'windows-1252',
  xcp1251: 'windows-1251',
  xcp1252: 'windows-1252',
  unicode: 'utf-16',
  ucs2: 'utf-16',
  utf16: 'utf-16',
  iso10646ucs2: 'utf-16',
};
const UTF8_NAMES: ReadonlySet<string> = new Set([
  'utf8',
  'utf8mb4',
  'unicode11utf8',
  'xunicode20utf8',
  'utf8n',
  'cp65001',
  '65001',
]);
const ASCII_NAMES: ReadonlySet<string> = new Set([
  'ascii',
  'usascii',
  'usacii',
  'ansix341968',
  'iso646us',
  '7bit',
  'us',
]);
const STATEFUL: Readonly<Record<string, StatefulCharset>> = {
  iso2022jp: 'iso-2022-jp',
  iso2022jp1: 'iso-2022-jp',
  iso2022jp2: 'iso-2022-jp',
  iso2022jp3: 'iso-2022-jp',
  iso2022jp2004: 'iso-2022-jp',
  iso2022jpms: 'iso-2022-jp',
  csiso2022jp: 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp50222: 'iso-2022-jp',
  jis: 'iso-2022-jp',
  iso2022kr: 'iso-2022-kr',
  csiso2022kr: 'iso-2022-kr',
  hzgb2312: 'hz-gb-2312',
  hz: 'hz-gb-2312',
};
/** Encodings of bytes, not of text, that the decoder's library has names for as well. */
const NO_CHARSETS = /^(base64|hex|binary|bytes|raw)/;
const SEVERAL_BYTES = /^(gb|big5|cp9(32|36|49|50)|euc|utf-?(7|16|32)|ucs)/;
const LONGEST_LABEL = 60;

/** The charset that a label means; null when it is missing or nobody knows it. */
export function charsetOf(label: string | null | undefined): Charset | null {
  const bare = (label ?? '').slice(0, LONGEST_LABEL).split(/[;,]/, 1)[0] ?? '';
  const name = bare
    .replace(/\*.*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  if (UTF8_NAMES.has(name)) {
    return UTF8;
  }
  if (ASCII_NAMES.has(name)) {
    return ASCII;
  }
  const stateful = Object.hasOwn(STATEFUL, name) ? STATEFUL[name] : undefined;
  if (stateful !== undefined) {
    return { kind: 'stateful', name: stateful };
  }
  const meant = Object.hasOwn(MEANT, name) ? MEANT[name] : known(name);
  if (meant === undefined) {
    return null;
  }
  return { kind: SEVERAL_BYTES.test(meant) ? 'multi' : 'single', name: meant };
}

function known(name: string): string | undefined {
  if (name === '' || NO_CHARSETS.test(name)) {
    return undefined;
  }
  const candidates = [name, name.replace(/^x/, ''), /^\d{3,4}$/.test(name) ? `cp${name}` : ''];
  return candidates.find((candidate) => candidate !== '' && encodingExists(candidate));
}
