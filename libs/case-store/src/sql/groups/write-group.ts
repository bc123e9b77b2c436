import type { Queryable } from '../../queryable.js';
import type { GroupRow } from './group-detail.js';

/** Stores a new group of the API. */
export async function insertGroup(client: Queryable, accountId: string, row: GroupRow): Promise<void> {
  await client.query({
    text: `
      insert into agent_group (
        account_id, id, name, active, strategy, capacity_per_agent, required_skills, reopen_policy, reopen_window_days,
        keep_owner_on_reopen, signature_text, signature_html
      )
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [accountId, row.id, ...columnsOf(row)],
  });
}

/** Stores a further version of a group; `changed` are the public names of the fields that differ, members included. */
export async function updateGroup(
  client: Queryable,
  accountId: string,
  row: GroupRow,
  changed: readonly string[],
): Promise<void> {
  await client.query({
    text: `
      update agent_group
      set name = $4, active = $5, strategy = $6, capacity_per_agent = $7, required_skills = $8, reopen_policy = $9,
        reopen_window_days = $10, keep_owner_on_reopen = $11, signature_text = $12, signature_html = $13,
        version = version + 1, updated_at = now(),
        changed_in = changed_in || (select jsonb_object_agg(field, version + 1) from unnest($3::text[]) as field)
      where account_id = $1 and id = $2`,
    values: [accountId, row.id, [...changed], ...columnsOf(row)],
  });
}

function columnsOf(row: GroupRow): unknown[] {
  return [
    row.name,
    row.active,
    row.strategy,
    row.capacityPerAgent,
    JSON.stringify(row.requiredSkills),
    row.reopenPolicy,
    row.reopenWindowDays,
    row.keepOwnerOnReopen,
    row.signatureText,
    row.signatureHtml,
  ];
}
