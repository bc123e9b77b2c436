import type { Queryable } from '../../queryable.js';

/** Has stored content looked at now of which no attachment is known. */
export async function suspectStrays(client: Queryable, sha256s: readonly string[]): Promise<void> {
  await client.query({
    name: 'suspect_strays',
    text: `
      insert into unused_upload (sha256, due_at)
      select sha256, now()
      from unnest($1::text[]) as stored (sha256)
      where not exists (select 1 from attachment a where a.sha256 = stored.sha256)
      on conflict do nothing`,
    values: [sha256s],
  });
}
