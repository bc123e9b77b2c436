import type { Reference } from '#libs/interaction';

/** `[CASE-123]`, `CASE-123` and `[#123]`; at most 18 digits, the first of them no zero, as cases are numbered. */
const NUMBER = /\[#([1-9]\d{0,17})\]|(?<![\p{L}\p{N}_-])CASE-([1-9]\d{0,17})(?![\p{L}\p{N}_-])/giu;
const MOST_NUMBERS = 3;
/** Of a subject line; whoever writes a number of ours writes it before this. */
const SEARCHED_CHARACTERS = 500;
/** What Gmail (X-GM-THRID) and RFC 8474 (THREADID) allow, and no more. */
const PROVIDER_THREAD = /^[A-Za-z0-9_-]{1,255}$/;

/** Case numbers in a subject. Anybody can write one, so only people of that very case are heard. */
export function subjectNumbers(subject: string): Reference[] {
  const found = [...subject.slice(0, SEARCHED_CHARACTERS).matchAll(NUMBER)].map((match) => match[1] ?? match[2] ?? '');
  return [...new Set(found)]
    .slice(0, MOST_NUMBERS)
    .map((value) => ({ kind: 'case_number', value, via: 'subject_number' }));
}

/**
 * The name of the mail provider's own group of mails. It holds within one mailbox only, and some providers group by
 * subject, so it is a hint. Null without a mailbox or an id that is one.
 */
export function providerThread(mailbox: string | null, threadId: string | null | undefined): string | null {
  return mailbox === null || !threadId || !PROVIDER_THREAD.test(threadId) ? null : `imap:${mailbox}:${threadId}`;
}

/**
 * The conversation's GUID in Outlook's Thread-Index, as hex: 1 reserved byte, 5 of a time, 16 of the GUID, then 5 for
 * each reply. Forwards keep it, so it says less than References: shown to people, read by no rule.
 */
export function outlookConversation(threadIndex: string | undefined): string | null {
  const text = threadIndex?.replace(/\s/g, '') ?? '';
  if (text.length > 2000 || !/^[A-Za-z0-9+/]{30,}={0,2}$/.test(text)) {
    return null;
  }
  const bytes = Buffer.from(text, 'base64');
  return bytes[0] === 1 && bytes.length >= 22 ? bytes.subarray(6, 22).toString('hex') : null;
}
