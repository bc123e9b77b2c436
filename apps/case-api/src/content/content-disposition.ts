/** Most file systems take 255 bytes, and programs put something before or behind a name. */
const LONGEST_NAME_BYTES = 200;

/**
 * Whatever a file system or a person would read as something else: controls (and with them every line break), lone
 * surrogates, marks that turn the direction of text (CVE-2021-42574: `gnp.exe` for `exe.png`), and what Windows forbids.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"*/:<>?\\|]/gu;

/**
 * `Content-Disposition`, which saves content and never shows it unless it is told to: the name in ASCII for old programs, and whole by
 * `filename*` (RFC 6266, RFC 8187). No name of a stranger leaves its folder, ends the header or hides what it is.
 */
export function contentDisposition(name: string, kind: 'attachment' | 'inline' = 'attachment'): string {
  const safe = safeFileName(name);
  return `${kind}; filename="${asciiOf(safe)}"; filename*=UTF-8''${extendedValueOf(safe)}`;
}

function safeFileName(name: string): string {
  const cleaned = name
    .replace(UNSAFE, '_')
    .replace(/^[.\s]+/u, '')
    .replace(/[.\s]+$/u, '');
  return cleaned === '' ? 'attachment' : shortened(cleaned);
}

/** Cut before its extension, which says what to open it with. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME_BYTES) {
    return name;
  }
  const extension = /\.[^.\s]{1,15}$/u.exec(name)?.[0] ?? '';
  const room = LONGEST_NAME_BYTES - Buffer.byteLength(extension);
  const beginning = Buffer.from(name.slice(0, name.length - extension.length)).subarray(0, room);
  // The cut may go through a character.
  return beginning.toString('utf8').replace(/\ufffd+$/, '') + extension;
}

/** Some programs decode `%41` even here, so no percent sign stays (RFC 6266, appendix D). */
function asciiOf(name: string): string {
  return name.replace(/[^\x20-\x7e]|%/gu, '_');
}

/** `encodeURIComponent` leaves four characters that `attr-char` of RFC 8187 does not have. */
function extendedValueOf(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
