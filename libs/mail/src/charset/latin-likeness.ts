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
