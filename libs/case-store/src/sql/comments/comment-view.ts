import type { Actor } from '#libs/case-domain';
import { type AttachmentView, loadCommentAttachments } from '../attachments/attachment-view.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** A comment with the names of those who wrote it. */
export interface CommentView {
  readonly id: string;
  readonly caseId: string;
  readonly author: Actor;
  readonly authorName: string | null;
  readonly onBehalfOf: string | null;
  readonly onBehalfOfName: string | null;
  readonly public: boolean;
  readonly title: string | null;
  readonly bodyText: string;
  readonly bodyHtml: string | null;
  readonly mentionIds: readonly string[];
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly redactedAt: Date | null;
  readonly version: number;
  readonly redaction: {
    readonly by: Actor;
    /** Id of the agent for whom a client did it. */
    readonly on_behalf_of: string | null;
    readonly reason: string;
  } | null;
  /** Of whoever took it away. */
  readonly redactedByName: string | null;
  readonly redactedForName: string | null;
  readonly attachments: readonly AttachmentView[];
}

/** A row, without the files that belong to it. */
type CommentRow = Omit<CommentView, 'attachments'>;

async function withAttachments(
  client: Queryable,
  accountId: string,
  rows: readonly CommentRow[],
): Promise<CommentView[]> {
  const ids = rows.map(({ id }) => id);
  const files = ids.length === 0 ? [] : await loadCommentAttachments(client, accountId, ids);
  return rows.map((row) => ({ ...row, attachments: files.filter(({ commentId }) => commentId === row.id) }));
}

const SELECT_COMMENTS = `
  select m.id, m.case_id as "caseId", m.author, coalesce(a.name, k.name) as "authorName",
    m.on_behalf_of as "onBehalfOf", b.name as "onBehalfOfName", m.public, m.title, m.body_text as "bodyText",
    m.body_html as "bodyHtml", m.mention_ids as "mentionIds", m.created_at as "createdAt", m.edited_at as "editedAt",
    m.redacted_at as "redactedAt", m.redaction, m.version, r.name as "redactedByName", f.name as "redactedForName"
  from comment m
  left join agent a on a.account_id = m.account_id and m.author ->> 'kind' = 'agent' and a.id::text = m.author ->> 'id'
  left join api_client k
    on k.account_id = m.account_id and m.author ->> 'kind' = 'app' and k.id::text = m.author ->> 'id'
  left join agent b on b.account_id = m.account_id and b.id = m.on_behalf_of
  left join api_client r on r.account_id = m.account_id and r.id::text = m.redaction #>> '{by,id}'
  left join agent f on f.account_id = m.account_id and f.id::text = m.redaction ->> 'on_behalf_of'`;

/** Where a page ended. */
export interface CommentPosition {
  /** ISO 8601. */
  readonly createdAt: string;
  readonly id: string;
}

/** What was written in a case, oldest first. */
export async function listCaseComments(
  client: Queryable,
  accountId: string,
  caseId: string,
  page: { readonly limit: number; readonly after: CommentPosition | null },
): Promise<CommentView[]> {
  const { limit, after } = page;
  const rows = await rowsOf<CommentRow>(client, {
    name: 'list_case_comments',
    text: `${SELECT_COMMENTS}
      where m.account_id = $1 and m.case_id = $2
        and ($3::timestamptz is null or (m.created_at, m.id) > ($3::timestamptz, $4::uuid))
      order by m.created_at, m.id
      limit $5`,
    values: [accountId, caseId, after?.createdAt ?? null, after?.id ?? null, limit],
  });
  return withAttachments(client, accountId, rows);
}

/** The named comments, in no order; those that the account does not have are left out. */
export async function loadComments(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<CommentView[]> {
  const rows = await rowsOf<CommentRow>(client, {
    name: 'load_comments',
    text: `${SELECT_COMMENTS} where m.account_id = $1 and m.id = any ($2::uuid[])`,
    values: [accountId, ids],
  });
  return withAttachments(client, accountId, rows);
}
