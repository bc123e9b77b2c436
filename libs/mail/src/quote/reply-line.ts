/** The line that our own outgoing mail carries above everything else; whatever comes back below it is quoted. */
export const REPLY_LINE = '##- Please write your answer above this line -##';

/** Whether a line is such a line, in whatever language it was sent. */
export function isReplyLine(words: string): boolean {
  return words.length <= 200 && words.startsWith('##-') && words.endsWith('-##');
}
