import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';

/** Makes groups that are only named somewhere, without automatic assignment; existing ones stay as they are. */
export async function ensureGroups(client: Queryable, accountId: string, names: readonly string[]): Promise<void> {
  await client.query({
    text: `
      insert into agent_group (account_id, id, name)
      select $1, given.*
      from unnest($2::uuid[], $3::text[]) as given
      on conflict do nothing`,
    values: [accountId, names.map((name) => declaredId(accountId, 'group', name)), names],
  });
}
