import type { BlobReference, Interaction } from '#libs/interaction';
import { ProblemException } from '../http/problem.js';

/** Something of an interaction that lies in the blob store, under the name of the file that it would make. */
export interface StoredContent extends Pick<BlobReference, 'sha256' | 'size' | 'mediaType'> {
  /** Of an attachment it is what the sender wrote; never trusted. */
  readonly name: string;
}

/**
 * Everything that the interaction refers to: attachments, the untouched original, large text and large HTML. Where the
 * same bytes are there twice, the attachment comes first, because it has a name.
 */
export function contentsOf({ id, content }: Pick<Interaction, 'id' | 'content'>): StoredContent[] {
  const { attachments, raw, textReference, htmlReference } = content;
  return [
    ...attachments.flatMap((attachment) => named(attachment, attachment.name)),
    ...named(raw, raw?.mediaType === 'message/rfc822' ? `${id}.eml` : id),
    ...named(textReference, `${id}.txt`),
    ...named(htmlReference, `${id}.html`),
  ];
}

function named(reference: BlobReference | null | undefined, name: string): StoredContent[] {
  return reference === null || reference === undefined
    ? []
    : [{ sha256: reference.sha256, size: reference.size, mediaType: reference.mediaType, name }];
}

/** A digest alone opens nothing: what another account or another interaction stored is not there. Throws 404. */
export function referencedContent(interaction: Interaction, sha256: string): StoredContent {
  const content = contentsOf(interaction).find((one) => one.sha256 === sha256);
  if (content === undefined) {
    throw new ProblemException({ code: 'not-found', detail: 'The interaction refers to no content of this digest.' });
  }
  return content;
}
