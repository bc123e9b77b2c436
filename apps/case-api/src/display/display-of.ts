import type { BlobStore } from '#libs/blob-store';
import type { Attachment, Content, Interaction } from '#libs/interaction';
import type { DisplayResource, HtmlUnavailable } from './display.resource.js';
import type { Sanitiser } from './sanitiser.js';

/** Bytes; a person's mail is far below, and larger HTML would take seconds. */
export const LARGEST_HTML_BYTES = 2 * 1024 * 1024;

export interface DisplayDependencies {
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly sanitiser: Pick<Sanitiser, 'sanitise'>;
}

/**
 * An interaction as a person may see it. The original stays as it is and where it is.
 * 1. the text, parted where its quoted history begins;
 * 2. the HTML, sanitised; null with a reason when that cannot be done in time;
 * 3. the parts of the mail that the HTML shows inside.
 *
 * Rejects when the blob store failed.
 */
export async function displayOf(interaction: Interaction, dependencies: DisplayDependencies): Promise<DisplayResource> {
  const { content } = interaction;
  const quoteStart = content.quoteStart ?? null;
  const parts = partsByContentId(content.attachments);
  const shown = await shownHtml(content, parts, dependencies);
  return {
    subject: content.subject,
    text: (quoteStart === null ? content.text : content.text.slice(0, quoteStart)).trimEnd(),
    quoted_text: quoteStart === null ? null : content.text.slice(quoteStart),
    text_is_beginning: (content.textReference ?? null) !== null,
    html: shown.html,
    html_unavailable: shown.unavailable,
    blocked_images: shown.blockedImages,
    inline: content.attachments.flatMap((attachment) => inlineOf(attachment, shown.parts)),
  };
}

interface ShownHtml {
  readonly html: string | null;
  readonly unavailable: HtmlUnavailable | null;
  readonly blockedImages: number;
  readonly parts: readonly string[];
}

const nothing = (unavailable: HtmlUnavailable | null): ShownHtml => ({
  html: null,
  unavailable,
  blockedImages: 0,
  parts: [],
});

async function shownHtml(
  content: Content,
  partByContentId: Readonly<Record<string, string>>,
  { blobs, sanitiser }: DisplayDependencies,
): Promise<ShownHtml> {
  const html = await readHtml(content, blobs);
  if (html === null || typeof html === 'object') {
    return nothing(html?.unavailable ?? null);
  }
  const result = await sanitiser.sanitise({ html, partByContentId });
  if (!result.ok) {
    return nothing(result.reason);
  }
  const { sanitised } = result;
  return {
    html: sanitised.html,
    unavailable: null,
    blockedImages: sanitised.blockedImages,
    parts: sanitised.shownParts,
  };
}

/** The HTML, from the record or from the blob store; null when the interaction has none. */
async function readHtml(
  { html, htmlReference }: Content,
  blobs: DisplayDependencies['blobs'],
): Promise<string | null | { readonly unavailable: HtmlUnavailable }> {
  if (htmlReference === null || htmlReference === undefined) {
    return html ?? null;
  }
  if (htmlReference.size > LARGEST_HTML_BYTES) {
    return { unavailable: 'too_large' };
  }
  const stored = await blobs.get(htmlReference.sha256);
  if (stored === null) {
    return { unavailable: 'gone' };
  }
  const chunks: Buffer[] = [];
  for await (const chunk of stored) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The first part that bears a Content-ID is the one that is meant by it. */
function partsByContentId(attachments: readonly Attachment[]): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const { contentId, sha256 } of attachments) {
    if (contentId !== null && contentId !== undefined && contentId !== '') {
      parts[contentId] ??= sha256;
    }
  }
  return parts;
}

function inlineOf(attachment: Attachment, shown: readonly string[]): DisplayResource['inline'] {
  const { contentId, sha256, size, mediaType, name } = attachment;
  return contentId === null || contentId === undefined || !shown.includes(sha256)
    ? []
    : [{ content_id: contentId, sha256, size, media_type: mediaType, name }];
}
