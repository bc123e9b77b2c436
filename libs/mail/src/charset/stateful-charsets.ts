/**
 * Charsets that switch between sets with escape sequences, rewritten byte by byte into a charset that does not: its
 * decoder is then one that everybody has. In one pass; what makes no sense is left as it is.
 */
export type StatefulCharset = 'iso-2022-jp' | 'iso-2022-kr' | 'hz-gb-2312';

const ESCAPE = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const LINE_FEED = 0x0a;
const TILDE = 0x7e;

/** Bytes that a character takes in each set that ISO-2022-JP may be in. */
const SETS: Readonly<Record<string, JapaneseSet>> = {
  '(B': 'ascii',
  '(J': 'ascii',
  '(H': 'ascii',
  '(I': 'kana',
  '$@': 'kanji',
  $B: 'kanji',
  '$(B': 'kanji',
  '$(@': 'kanji',
  '$(Q': 'kanji',
  '$(O': 'kanji',
  '$(D': 'supplement',
  '$(P': 'supplement',
};
type JapaneseSet = 'ascii' | 'kana' | 'kanji' | 'supplement';

/** The charset that `flatten` writes. */
export const FLAT_CHARSET: Readonly<Record<StatefulCharset, string>> = {
  'iso-2022-jp': 'euc-jp',
  'iso-2022-kr': 'cp949',
  'hz-gb-2312': 'gb18030',
};

export function flatten(bytes: Buffer, charset: StatefulCharset): Buffer {
  switch (charset) {
    case 'iso-2022-jp':
      return flattenJapanese(bytes);
    case 'iso-2022-kr':
      return flattenKorean(bytes);
    case 'hz-gb-2312':
      return flattenChinese(bytes);
  }
}

/** RFC 1468 and what is sent under its name: half-width kana by escape, by shift and as eight bits (CP50220 … 50222). */
function flattenJapanese(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length * 3);
  let length = 0;
  let set: JapaneseSet = 'ascii';
  let shifted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const following = bytes[at + 1] ?? 0;
    if (byte === ESCAPE) {
      const name = escapeAt(bytes, at);
      set = SETS[name] ?? set;
      shifted = false;
      at += name.length;
    } else if (byte === SHIFT_OUT || byte === SHIFT_IN) {
      shifted = byte === SHIFT_OUT;
    } else if (byte < 0x21 || byte === 0x7f) {
      // A line starts in ASCII: a lost escape costs a line, not the rest of the mail.
      set = byte === LINE_FEED ? 'ascii' : set;
      out[length++] = byte;
    } else if (byte >= 0xa1 && byte <= 0xdf && set !== 'kanji') {
      out[length++] = 0x8e;
      out[length++] = byte;
    } else if ((shifted || set === 'kana') && byte < 0x60) {
      out[length++] = 0x8e;
      out[length++] = byte | 0x80;
    } else if ((set === 'kanji' || set === 'supplement') && following >= 0x21 && following < 0x7f) {
      if (set === 'supplement') {
        out[length++] = 0x8f;
      }
      out[length++] = byte | 0x80;
      out[length++] = following | 0x80;
      at += 1;
    } else {
      out[length++] = byte;
    }
  }
  return out.subarray(0, length);
}

/** The name of the set after an escape; empty when it is none that is known. */
function escapeAt(bytes: Buffer, at: number): string {
  const name = bytes.toString('latin1', at + 1, at + 4);
  return [name, name.slice(0, 2)].find((candidate) => candidate in SETS) ?? '';
}

/** RFC 1557: one announcement, then shifts. */
function flattenKorean(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let shifted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === ESCAPE && bytes.toString('latin1', at + 1, at + 4) === '$)C') {
      at += 3;
    } else if (byte === SHIFT_OUT || byte === SHIFT_IN) {
      shifted = byte === SHIFT_OUT;
    } else {
      shifted &&= byte !== LINE_FEED;
      out[length++] = shifted && byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte;
    }
  }
  return out.subarray(0, length);
}

/** RFC 1843: `~{` and `~}` around GB 2312, `~~` for a tilde, `~` and a line end for none. */
function flattenChinese(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let inside = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const following = String.fromCharCode(bytes[at + 1] ?? 0);
    if (byte === TILDE && '{}~\n'.includes(following)) {
      inside = following === '{' || (inside && following !== '}');
      if (following === '~') {
        out[length++] = TILDE;
      }
      at += 1;
    } else {
      inside &&= byte !== LINE_FEED;
      out[length++] = inside && byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte;
    }
  }
  return out.subarray(0, length);
}
