import { htmlToText } from '../body/html-text.js';
import type { ForwardedMail } from '../content/payload.js';
import { markText } from '../forward/block-marks.js';
import { inlineForward, readForward, type ForwardingMail } from '../forward/read-forward.js';
import { readSubject } from '../forward/subject-prefix.js';
import { findQuoteStart } from './find-quote.js';

/** What a mail carries of other mails. */
export interface MailHistory {
  readonly forward: ForwardedMail | null;
  readonly quoteStart: number | null;
  readonly flags: readonly string[];
}

type ReadMail = Omit<ForwardingMail, 'marked'> & { readonly text: string };

/** A forward is announced near the beginning of the HTML. */
const SEARCHED_HTML = 200_000;
/** After the end of the last quotation in HTML, this much is looked at for an answer that stands below it. */
const LOOKED_AT_BELOW = 20_000;

/** Reads the forward and the quoted history of a mail. What was forwarded is the mail's content and never history. */
export function readHistory(mail: ReadMail, html: string, textOfHtml: boolean): MailHistory {
  const marked = markText(mail.text);
  const found = readForward({ ...mail, marked });
  const flags = found.flags;
  const forward = found.forward ?? (textOfHtml ? null : forwardInHtml(mail.subject, html));
  const answered = forward === null && !(textOfHtml && answersBelow(html));
  return { forward, flags, quoteStart: answered ? findQuoteStart(marked, textOfHtml) : null };
}

/** Some programs write the block of a forward into the HTML alone, beside a text that says less. */
function forwardInHtml(subject: string, html: string): ForwardedMail | null {
  const says = html !== '' && readSubject(subject).outermost === 'forward';
  return says ? inlineForward(subject, markText(htmlToText(html.slice(0, SEARCHED_HTML)))) : null;
}

/** Whether words stand after the last quotation. */
function answersBelow(html: string): boolean {
  const end = html.toLowerCase().lastIndexOf('</blockquote>');
  const below = end === -1 ? '' : html.slice(end, end + LOOKED_AT_BELOW);
  return /[\p{L}\p{N}]/u.test(below.replace(/<[^<>]*>/g, ' ').replace(/&\w{2,8};/g, ' '));
}
