import PostalMime, { type Attachment as PostalAttachment } from 'postal-mime';
import type { Attachment } from '#libs/interaction';
import { beginning, singleLine } from '../clean-text.js';
import { isAttachedMail, type AttachedBytes } from '../forward/attached-mail.js';
import { attachmentName, cleanMediaType } from './attachment-name.js';
import { storePart, type PartStore } from './stored-parts.js';

/** It holds the whole mail in memory, several times. */
export const LARGEST_FOR_FALLBACK = 10 * 1024 * 1024;
const MOST_ATTACHMENTS = 1000;

/** What the second parser found. */
export interface FallbackContent {
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  readonly attachedMails: readonly AttachedBytes[];
}

/** Reads a mail with postal-mime; null when it fails too or finds nothing. Rejects with `PartStoreFailure` only. */
export async function parseWithPostalMime(raw: Buffer, parts: PartStore): Promise<FallbackContent | null> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true }).catch(() => null);
  if (mail === null || mail.attachments.length > MOST_ATTACHMENTS) {
    return null;
  }
  const text = mail.text ?? '';
  const html = mail.html ?? '';
  if (text === '' && html === '' && mail.attachments.length === 0) {
    return null;
  }
  const attachments: Attachment[] = [];
  for (const [index, attachment] of mail.attachments.entries()) {
    attachments.push(await storeAttachment(parts, attachment, index + 1));
  }
  const mails = mail.attachments.filter(({ mimeType, filename }) =>
    isAttachedMail(cleanMediaType(mimeType), filename ?? ''),
  );
  const attachedMails = mails.slice(0, 2).map(({ content }) => ({ bytes: bytesOf(content), whole: true }));
  return { text, html, attachments, attachedMails };
}

async function storeAttachment(parts: PartStore, from: PostalAttachment, position: number): Promise<Attachment> {
  const content = bytesOf(from.content);
  const mediaType = cleanMediaType(from.mimeType);
  const contentId = singleLine(from.contentId ?? '').replace(/^<|>$/g, '');
  return {
    ...(await storePart(parts, content, mediaType)),
    name: attachmentName(from.filename, mediaType, position),
    contentId: contentId === '' ? null : beginning(contentId, 1000),
    inline: from.related === true || from.disposition === 'inline',
  };
}

function bytesOf(content: PostalAttachment['content']): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
}
