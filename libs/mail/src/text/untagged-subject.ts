const TAG =
  /^(?:\[[^[\]]{1,60}\]|\{[^{}]{1,40}\}|\([^()]{1,40}\)|\*{1,5}[^*]{1,40}\*{1,5}|(?:externa?l?|externe|externo|esterno|ext|spam)\s?[:：]|[\p{Extended_Pictographic}\ufe0f]{1,4})\s?/iu;
const MOST_TAGS = 5;

/** The subject, NFC, without what gateways put before it: `[EXTERNAL] `, `***SPAM*** `, `Extern: `. */
export function untaggedSubject(subject: string): string {
  let rest = subject.normalize('NFC').trimStart();
  for (let count = 0; count < MOST_TAGS; count += 1) {
    const tag = TAG.exec(rest)?.[0] ?? '';
    if (tag === '') {
      break;
    }
    rest = rest.slice(tag.length).trimStart();
  }
  return rest;
}
