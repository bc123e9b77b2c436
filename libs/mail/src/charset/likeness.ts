/** Letters of Turkish that ISO 8859-1 uses for Icelandic: Ğ İ Ş ğ ı ş. */
const TURKISH = new Set([0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe]);
/** á æ é í ó ú: no Icelandic text goes without them, and Turkish has none of them. */
const ICELANDIC = new Set([0xe1, 0xe6, 0xe9, 0xed, 0xf3, 0xfa]);
/** ı, without which no Turkish is written; Romanian and Croatian use the others' bytes, but not this one. */
const DOTLESS_I = 0xfd;
const TURKISH_SHARE = 0.3;
/** ě and ř of Czech; as western letters ì is Italian and ø is Scandinavian. */
const CZECH = [0xec, 0xf8] as const;
/** å, æ and ö of Scandinavian languages; Czech has none of them in either charset. */
const SCANDINAVIAN = new Set([0xe5, 0xe6, 0xf6]);
/** Š Ž š ž where ISO 8859-2 has them; windows-1250 has them between 0x80 and 0x9f. */
const CZECH_OF_ISO = new Set([0xa9, 0xae, 0xb9, 0xbe]);

/**
 * The charset of a text in Latin letters whose bytes only Turkish or Czech explains; null for any other. A detector
 * by statistics takes both for western: they share most of their letters with it.
 */
export function latinLikeness(sample: Buffer): string | null {
  const letters = sample.filter((byte) => byte > 0x7f);
  const turkish = letters.filter((byte) => TURKISH.has(byte)).length;
  const isTurkish = turkish >= 2 && turkish >= letters.length * TURKISH_SHARE && letters.includes(DOTLESS_I);
  if (isTurkish && !letters.some((byte) => ICELANDIC.has(byte))) {
    return 'windows-1254';
  }
  if (CZECH.every((byte) => letters.includes(byte)) && !letters.some((byte) => SCANDINAVIAN.has(byte))) {
    const isWindows = letters.some((byte) => byte < 0xa0);
    return !isWindows && letters.some((byte) => CZECH_OF_ISO.has(byte)) ? 'iso-8859-2' : 'windows-1250';
  }
  return null;
}

/** East Asian charsets whose text may come without a label. */
export const EAST_ASIAN = ['euc-jp', 'cp932', 'cp949', 'gb18030', 'big5-hkscs'] as const;
export type EastAsian = (typeof EAST_ASIAN)[number];

/** How common a character of two bytes is in text of the charset: kana over hangul over everyday ideographs. */
const COMMONNESS: Readonly<Record<EastAsian, (lead: number, trail: number) => number>> = {
  'euc-jp': (lead, trail) => {
    if (trail < 0xa1) {
      return -3;
    }
    return lead === 0xa4 || lead === 0xa5 ? 2 : between(lead, 0xb0, 0xcf) || lead === 0xa1 || lead === 0xa3 ? 0.7 : -1;
  },
  cp932: (lead, trail) => {
    if (trail < 0x40) {
      return -3;
    }
    const isKana = (lead === 0x82 && trail >= 0x9f) || (lead === 0x83 && trail <= 0x96);
    return isKana ? 2 : lead === 0x81 || between(lead, 0x88, 0x97) ? 0.8 : -1;
  },
  cp949: (lead, trail) => {
    if (trail < 0xa1) {
      return -3;
    }
    return between(lead, 0xb0, 0xc8) ? 1.5 : lead === 0xa1 || lead === 0xa3 ? 0.5 : -1;
  },
  gb18030: (lead, trail) => {
    if (trail < 0xa1) {
      return -3;
    }
    return between(lead, 0xb0, 0xd7) || lead === 0xa1 || lead === 0xa3 ? 1 : -1;
  },
  'big5-hkscs': (lead, trail) => {
    if (trail < 0x40 || between(trail, 0x7f, 0xa0)) {
      return -3;
    }
    return between(lead, 0xa4, 0xc6) ? 1 : between(lead, 0xa1, 0xa3) ? 0.7 : -1;
  },
};

/** A text that is this common in a charset is text of it: the mean over its characters above ASCII. */
const LIKE_ENOUGH = 0.6;

/**
 * The East Asian charsets that bytes may be text of, the likeliest first. Their characters come in pairs of bytes in
 * which both halves of the upper range occur; letters of other scripts stand alone, or keep to the uppermost quarter.
 */
export function eastAsianLikeness(sample: Buffer): EastAsian[] {
  if (!sample.some((byte) => byte > 0x7f && byte < 0xc0)) {
    return [];
  }
  return EAST_ASIAN.map((charset) => ({ charset, likeness: likenessOf(sample, charset) }))
    .filter(({ likeness }) => likeness >= LIKE_ENOUGH)
    .sort((left, right) => right.likeness - left.likeness)
    .map(({ charset }) => charset);
}

function likenessOf(sample: Buffer, charset: EastAsian): number {
  let sum = 0;
  let characters = 0;
  for (let at = 0; at < sample.length - 1; at += 1) {
    const lead = sample[at] ?? 0;
    if (lead > 0x7f) {
      characters += 1;
      const isSingleKana = charset === 'cp932' && between(lead, 0xa1, 0xdf);
      sum += isSingleKana ? -0.5 : COMMONNESS[charset](lead, sample[at + 1] ?? 0);
      at += isSingleKana ? 0 : 1;
    }
  }
  return characters === 0 ? 0 : sum / characters;
}

function between(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
