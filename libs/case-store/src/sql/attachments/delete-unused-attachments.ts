import type { Queryable } from '../../queryable.js';

/** Deletes files that nothing has used for 24 hours, at most `limit` of them, and says how many. */
export async function deleteUnusedAttachments(client: Queryable, limit: number): Promise<number> {
  const { rowCount } = await client.query({
    name: 'delete_unused_attachments',
    text: `
      delete from attachment
      where (account_id, id) in (
        select account_id, id
        from attachment
        where case_id is null and created_at <= now() - interval '24 hours'
        order by created_at
        limit $1
        for update skip locked
      )`,
    values: [limit],
  });
  return rowCount ?? 0;
}
