import type { Queryable } from '../../queryable.js';
import type { AgentRow } from './agent-detail.js';

/** Stores a new agent of the API. */
export async function insertAgent(client: Queryable, accountId: string, row: AgentRow): Promise<void> {
  await client.query({
    text: `
      insert into agent (
        account_id, id, email, name, role, active, extensions, default_group_id, skills, time_zone, created_at, updated_at
      )
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now(), now())`,
    values: [accountId, row.id, ...columnsOf(row)],
  });
}

/**
 * Stores a further version of an agent; `changed` are the public names of the fields that differ, groups included. Waits
 * for whoever gives her a case at the moment.
 */
export async function updateAgent(
  client: Queryable,
  accountId: string,
  row: AgentRow,
  changed: readonly string[],
): Promise<void> {
  await client.query({
    text: `
      update agent
      set email = $4, name = $5, role = $6, active = $7, extensions = $8, default_group_id = $9, skills = $10,
        time_zone = $11, version = version + 1, updated_at = now(),
        changed_in = changed_in || (select jsonb_object_agg(field, version + 1) from unnest($3::text[]) as field)
      where account_id = $1 and id = $2`,
    values: [accountId, row.id, [...changed], ...columnsOf(row)],
  });
}

function columnsOf(row: AgentRow): unknown[] {
  const { email, name, role, active, extensions, defaultGroupId, skills, timeZone } = row;
  return [email, name, role, active, extensions, defaultGroupId, JSON.stringify(skills), timeZone];
}
