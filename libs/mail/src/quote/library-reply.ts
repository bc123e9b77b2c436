import EmailReplyParser from 'email-reply-parser';

/** Longer lines introduce no quotation; the library's regular expressions take time with the square of the length. */
const LONGEST_INTRODUCTION = 200;

/** Whether the library takes a line for one that introduces quoted words, such as `Le 3 mars 2025, Ana a écrit :`. */
export function introducesQuote(line: string): boolean {
  if (line.length > LONGEST_INTRODUCTION) {
    return false;
  }
  const fragments = new EmailReplyParser().read(`Answer.\n\n${line}\nQuoted.`).getFragments();
  return fragments.some((fragment) => fragment.isQuoted() && fragment.getContent().includes(line.slice(0, 20)));
}
