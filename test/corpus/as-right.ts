import type { Difference, Expectation } from './compare-mail.js';

/**
 * Why a difference is none against us, told from the two values alone; null when a person has to say it:
 * - the other parser replaced bytes that it could not read (U+FFFD), and everything around them is equal;
 * - it lists the only text as an attachment, and we show it;
 * - only control characters and blanks differ.
 */
export function asRight(difference: Difference, theirs: Expectation): string | null {
  const { field, ours } = difference;
  if (difference.theirs.includes(UNREAD) && matchesAround(ours, difference.theirs)) {
    return 'read here, replaced there';
  }
  const attachedText = theirs.attachments.some(({ kind }) => kind === 'Text');
  if (field === 'body' && difference.theirs === '' && ours !== '' && attachedText) {
    return 'shown here, attached there';
  }
  return bare(ours).startsWith(bare(difference.theirs)) && difference.theirs !== '' ? 'control characters' : null;
}

const UNREAD = '�';

/** Whether ours has every stretch of theirs between its replaced characters, in order. */
function matchesAround(ours: string, theirs: string): boolean {
  let from = 0;
  for (const stretch of theirs.split(UNREAD)) {
    const at = ours.indexOf(stretch.trim(), from);
    if (at === -1) {
      return false;
    }
    from = at + stretch.trim().length;
  }
  return true;
}

function bare(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0020]+/g, '');
}
