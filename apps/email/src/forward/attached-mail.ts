import PostalMime, { decodeWords } from 'postal-mime';
import { parseAddressHeader } from 'mailparser';
import { beginning, singleLine, storable } from '../clean-text.js';
import { headerValues, indexHeader, messageIds, splitHeader } from '../parse/header-lines.js';
import { htmlToText } from '../parse/html-text.js';
import type { MailAddress } from '../payload.js';

/** A mail that was attached to another, as far as it was kept in memory. */
export interface AttachedBytes {
  /** Its beginning, at most `ATTACHED_HEAD_BYTES`, or the whole of a small one. */
  readonly bytes: Buffer;
  readonly whole: boolean;
}

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

/** Bytes of a large attached mail that are kept: its header and more. */
export const ATTACHED_HEAD_BYTES = 64 * 1024;
/** Bytes; the text of a larger one is read from its attachment by whoever wants it. */
const LARGEST_WITH_TEXT = 512 * 1024;
const LONGEST_TEXT = 20_000;
const MOST_REFERENCES = 20;

/** Whether an attachment is a mail: by its type, or by its name where a program did not know the type. */
export function isAttachedMail(mediaType: string, name: string): boolean {
  return (
    /^message\/(rfc822|global)$/.test(mediaType) || (mediaType === 'application/octet-stream' && /\.eml$/i.test(name))
  );
}

/** Reads the header of an attached mail. Never fails: what cannot be read is null or empty. */
export function readAttachedMail({ bytes }: AttachedBytes): AttachedMail {
  const header = indexHeader(splitHeader(bytes.subarray(0, ATTACHED_HEAD_BYTES)));
  const ids = (name: string) => headerValues(header, name).flatMap(messageIds);
  return {
    author: authorOf(headerValues(header, 'from')[0] ?? headerValues(header, 'reply-to')[0] ?? ''),
    messageId: ids('message-id')[0] ?? null,
    references: [...new Set([...ids('references'), ...ids('in-reply-to')])].slice(-MOST_REFERENCES),
    subject: beginning(singleLine(decodeWords(headerValues(header, 'subject')[0] ?? '')), 2_000),
    sentAt: beginning(singleLine(headerValues(header, 'date')[0] ?? ''), 200) || null,
  };
}

/** What the attached mail says, or its beginning; empty when it is too large to be read here, or unreadable. */
export async function textOfAttachedMail({ bytes, whole }: AttachedBytes): Promise<string> {
  if (!whole || bytes.length > LARGEST_WITH_TEXT) {
    return '';
  }
  const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true }).catch(() => null);
  const text = mail?.text ?? '';
  return beginning(storable(/\S/.test(text) ? text : htmlToText(mail?.html ?? '')).trim(), LONGEST_TEXT);
}

function authorOf(value: string): MailAddress | null {
  const { value: found } = parseAddressHeader([beginning(value, 10_000)], { flatten: true, decodePunycode: false });
  const [first] = found;
  return first?.address ? { name: beginning(singleLine(first.name), 500), address: singleLine(first.address) } : null;
}
