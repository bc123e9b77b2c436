const LONGEST = 255;
/** Controls, lone surrogates, and marks that turn the direction of text (CVE-2021-42574). */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** The name of a file as it is kept: of a path the last part, in NFC, of at most 255 characters. Never empty. */
export function cleanFileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(UNSAFE, '').normalize('NFC').trim();
  const characters = [...(/^\.*$/.test(name) ? 'attachment' : name)];
  const extension = /\.[^.\s]{1,15}$/u.exec(name)?.[0] ?? '';
  return characters.length <= LONGEST
    ? characters.join('')
    : characters.slice(0, LONGEST - [...extension].length).join('') + extension;
}
