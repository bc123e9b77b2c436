import type { CommentView } from '#libs/case-store';
import { UploadResource, uploadResourceOf } from '../attachments/attachment.resource.js';
import { Instant, Many, One, OneOf, Text, Texts, Truth, Uuid } from '../resources/properties.js';
import { AuthorResource, RedactionResource, redactionOf } from '../resources/redaction.resource.js';
import { NamedResource, PageResource } from '../resources/shared.resource.js';

/** What became of sending a public comment to the requester. */
export class CommentDeliveryResource {
  @OneOf(['not_sent']) state!: 'not_sent';
  @OneOf(['no_relay'], { description: 'Why it was not sent.' }) reason!: 'no_relay';
}

/** What somebody wrote in a case. Mails and calls are interactions, and no comments. */
export class CommentResource {
  @Uuid() id!: string;
  @Uuid() case_id!: string;
  @One(() => AuthorResource) author!: AuthorResource;
  @One(() => NamedResource, { nullable: true, description: 'The agent for whom a client wrote it.' })
  on_behalf_of!: NamedResource | null;
  @Truth({ description: 'Whether the requester sees it; a note for colleagues otherwise.' }) public!: boolean;
  @Text({ nullable: true }) title!: string | null;
  @Text({ example: 'A new lamp is on its way.' }) body_text!: string;
  @Text({ nullable: true, description: 'Sanitised.' }) body_html!: string | null;
  @Texts({ description: 'Ids of the agents who were told.' }) mention_ids!: readonly string[];
  @Many(() => UploadResource) attachments!: UploadResource[];
  @One(() => CommentDeliveryResource, { nullable: true, description: 'Null for notes, which never leave the house.' })
  delivery!: CommentDeliveryResource | null;
  @Instant() created_at!: string;
  @Instant({ nullable: true }) edited_at!: string | null;
  @Instant({ nullable: true, description: 'When its text was taken out.' }) redacted_at!: string | null;
  @One(() => RedactionResource, { nullable: true }) redaction!: RedactionResource | null;
}

export class CommentListResource {
  @Many(() => CommentResource) data!: CommentResource[];
  @One(() => PageResource) page!: PageResource;
}

export function commentResourceOf(view: CommentView): CommentResource {
  const { author, onBehalfOf } = view;
  return {
    id: view.id,
    case_id: view.caseId,
    author: { kind: author.kind, id: author.id, name: view.authorName },
    on_behalf_of: onBehalfOf === null ? null : { id: onBehalfOf, name: view.onBehalfOfName },
    public: view.public,
    title: view.title,
    body_text: view.bodyText,
    body_html: view.bodyHtml,
    mention_ids: view.mentionIds,
    attachments: view.attachments.map(uploadResourceOf),
    delivery: view.public ? { state: 'not_sent', reason: 'no_relay' } : null,
    created_at: view.createdAt.toISOString(),
    edited_at: view.editedAt?.toISOString() ?? null,
    redacted_at: view.redactedAt?.toISOString() ?? null,
    redaction: redactionOf(view),
  };
}
