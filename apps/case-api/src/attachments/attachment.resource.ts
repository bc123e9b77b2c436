import { type AttachmentView, SCAN_STATES } from '#libs/case-store';
import { Instant, Integer, Many, One, OneOf, Text, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';

/** A file that somebody uploaded. What came with mails is with their interactions. */
export class UploadResource {
  @Uuid() id!: string;
  @Text({ example: 'lamp.jpg' }) file_name!: string;
  @Text({ description: 'By the content, whatever was claimed.', example: 'image/jpeg' }) media_type!: string;
  @Integer({ description: 'Bytes.', example: 18_230 }) size!: number;
  @Text({ description: '64 hexadecimal digits.' }) sha256!: string;
  @OneOf(SCAN_STATES, { description: 'What is pending or infected is withheld.' }) scan_state!: string;
  @Uuid({ nullable: true }) case_id!: string | null;
  @Uuid({ nullable: true }) comment_id!: string | null;
  @Instant() created_at!: string;
  @Instant({ nullable: true, description: 'Null while nothing uses it: after a day it is deleted then.' })
  attached_at!: string | null;
}

export class UploadListResource {
  @Many(() => UploadResource) data!: UploadResource[];
  @One(() => PageResource) page!: PageResource;
}

export function uploadResourceOf(view: AttachmentView): UploadResource {
  return {
    id: view.id,
    file_name: view.fileName,
    media_type: view.mediaType,
    size: view.size,
    sha256: view.sha256,
    scan_state: view.scanState,
    case_id: view.caseId,
    comment_id: view.commentId,
    created_at: view.createdAt.toISOString(),
    attached_at: view.attachedAt?.toISOString() ?? null,
  };
}
