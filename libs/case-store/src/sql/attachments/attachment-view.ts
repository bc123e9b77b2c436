import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export const SCAN_STATES = ['not_scanned', 'pending', 'clean', 'infected', 'failed'] as const;
export type ScanState = (typeof SCAN_STATES)[number];

/** A file that somebody uploaded. */
export interface AttachmentView {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly scanState: ScanState;
  readonly caseId: string | null;
  readonly commentId: string | null;
  readonly createdAt: Date;
  readonly attachedAt: Date | null;
}

const COLUMNS = `id, file_name as "fileName", media_type as "mediaType", size::float8 as size, sha256,
    scan_state as "scanState", case_id as "caseId", comment_id as "commentId", created_at as "createdAt",
    attached_at as "attachedAt"`;

/** Null when the account has none of that id. */
export async function loadAttachment(client: Queryable, accountId: string, id: string): Promise<AttachmentView | null> {
  const [row] = await rowsOf<AttachmentView>(client, {
    name: 'load_attachment',
    text: `select ${COLUMNS} from attachment where account_id = $1 and id = $2`,
    values: [accountId, id],
  });
  return row ?? null;
}

/** The files of a case and of its comments, in the order in which they were attached. */
export async function listCaseAttachments(
  client: Queryable,
  accountId: string,
  caseId: string,
  page: {
    readonly limit: number;
    readonly after: { /** ISO 8601. */ readonly attachedAt: string; readonly id: string } | null;
  },
): Promise<AttachmentView[]> {
  const { limit, after } = page;
  return rowsOf<AttachmentView>(client, {
    name: 'list_case_attachments',
    text: `
      select ${COLUMNS}
      from attachment
      where account_id = $1 and case_id = $2
        and ($3::timestamptz is null or (attached_at, id) > ($3::timestamptz, $4::uuid))
      order by attached_at, id
      limit $5`,
    values: [accountId, caseId, after?.attachedAt ?? null, after?.id ?? null, limit],
  });
}

/** The files of some comments, oldest first. */
export async function loadCommentAttachments(
  client: Queryable,
  accountId: string,
  commentIds: readonly string[],
): Promise<AttachmentView[]> {
  return rowsOf<AttachmentView>(client, {
    name: 'load_comment_attachments',
    text: `
      select ${COLUMNS}
      from attachment
      where account_id = $1 and comment_id = any ($2::uuid[])
      order by attached_at, id`,
    values: [accountId, plainArray(commentIds)],
  });
}
