import { composeBody } from '../body/compose-body.js';
import { htmlToText } from '../body/html-text.js';
import { splitParts } from '../body/split-parts.js';
import { ATTACHED_HEAD_BYTES, type AttachedBytes } from '../content/mime-content.js';
import { addressesOf, type MailAddress } from '../header/address-header.js';
import { decodeWords } from '../header/encoded-words.js';
import { headerValues, indexHeader, messageIds, splitHeader } from '../header/header-lines.js';
import { beginning, singleLine, storable } from '../text/clean-text.js';

/** What the header of an attached mail says; nothing of it is proven. */
export interface AttachedMail {
  readonly author: MailAddress | null;
  readonly messageId: string | null;
  /** What it refers to, oldest first. */
  readonly references: readonly string[];
  readonly subject: string;
  /** Its Date header as it stands. */
  readonly sentAt: string | null;
}

/** Bytes; the text of a larger one is read from its attachment by whoever wants it. */
const LARGEST_WITH_TEXT = 512 * 1024;
const LONGEST_TEXT = 20_000;
const MOST_REFERENCES = 20;

/** Reads the header of an attached mail. Never fails: what cannot be read is null or empty. */
export function readAttachedMail({ bytes }: AttachedBytes): AttachedMail {
  const header = indexHeader(splitHeader(bytes.subarray(0, ATTACHED_HEAD_BYTES)));
  const ids = (name: string) => headerValues(header, name).flatMap(messageIds);
  return {
    author: authorOf([...addressesOf(header, 'from', null), ...addressesOf(header, 'reply-to', null)]),
    messageId: ids('message-id')[0] ?? null,
    references: [...new Set([...ids('references'), ...ids('in-reply-to')])].slice(-MOST_REFERENCES),
    subject: beginning(singleLine(decodeWords(headerValues(header, 'subject')[0] ?? '')), 2_000),
    sentAt: beginning(singleLine(headerValues(header, 'date')[0] ?? ''), 200) || null,
  };
}

/** What the attached mail says, or its beginning; empty when it is too large to be read here. */
export function textOfAttachedMail({ bytes, whole }: AttachedBytes): string {
  if (!whole || bytes.length > LARGEST_WITH_TEXT) {
    return '';
  }
  const { text, html } = composeBody(splitParts(bytes).root);
  return beginning(storable(/\S/.test(text) ? text : htmlToText(html)).trim(), LONGEST_TEXT);
}

function authorOf(claimed: readonly MailAddress[]): MailAddress | null {
  return claimed.find(({ address }) => address !== '') ?? null;
}
