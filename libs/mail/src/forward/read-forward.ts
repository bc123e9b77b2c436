import { normaliseEmailAddress } from '#libs/interaction';
import type { AttachedBytes } from '../content/mime-content.js';
import type { ForwardedMail } from '../content/payload.js';
import { readAttachedMail, textOfAttachedMail } from './attached-mail.js';
import type { MarkedText } from './block-marks.js';
import { findForward } from './find-forward.js';
import { readSubject } from './subject-prefix.js';

/** What a mail shows of a forward, and the flags that tell people about it. */
export interface ForwardFound {
  readonly forward: ForwardedMail | null;
  readonly flags: readonly string[];
}

/** The parts of a mail that can show that it is a forward. */
export interface ForwardingMail {
  readonly subject: string;
  readonly marked: MarkedText;
  /** Media type of the whole mail, lower case. */
  readonly contentType: string;
  /** Mails attached to it, not those inside of them. */
  readonly attachedMails: readonly AttachedBytes[];
}

/**
 * Whom a mail was forwarded for, whoever forwarded it; what comes of it is for the rules to say.
 * 1. Reports carry mails too and are no forwards.
 * 2. One attached mail is the surest evidence: its header is as its author's program wrote it. To an answer it is a file.
 * 3. Several attached mails: nobody is chosen, people are told (`several_forwarded`).
 * 4. Else the block that the forwarding program wrote into the text.
 */
export function readForward(mail: ForwardingMail): ForwardFound {
  if (mail.contentType === 'multipart/report') {
    return { forward: null, flags: [] };
  }
  if (mail.attachedMails.length > 1) {
    return { forward: null, flags: ['several_forwarded'] };
  }
  const [attached] = mail.attachedMails;
  const isAnswer = readSubject(mail.subject).outermost === 'reply';
  const fromAttached = attached === undefined || isAnswer ? null : attachedForward(attached, mail.marked.text);
  return { forward: fromAttached ?? inlineForward(mail.subject, mail.marked), flags: [] };
}

function attachedForward(attached: AttachedBytes, note: string): ForwardedMail | null {
  const { author, messageId, references, subject, sentAt } = readAttachedMail(attached);
  if (author === null || normaliseEmailAddress(author.address) === null) {
    return null;
  }
  const text = textOfAttachedMail(attached);
  return {
    method: 'attached_message',
    confidence: 'exact',
    author,
    messageId,
    references,
    subject: subject === '' ? null : subject,
    sentAt,
    note: note.trim(),
    text,
  };
}

/** The forward in a text; null when there is none. */
export function inlineForward(subject: string, marked: MarkedText): ForwardedMail | null {
  const found = findForward(subject, marked);
  if (found === null || normaliseEmailAddress(found.author.address) === null) {
    return null;
  }
  return { ...found, method: 'inline_block', messageId: null, references: [] };
}
