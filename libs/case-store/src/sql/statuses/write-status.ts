import { rowsOf, type Queryable } from '../../queryable.js';
import { STATUS_COLUMNS, type StatusView } from './status-row.js';

/** Everything of a status that people decide. */
export type StatusRow = Omit<StatusView, 'version' | 'changedIn' | 'createdAt' | 'updatedAt'>;

/** Stores a new status. */
export async function insertStatus(client: Queryable, accountId: string, row: StatusRow): Promise<StatusView> {
  const [stored] = await rowsOf<StatusView>(client, {
    text: `
      insert into case_status (
        account_id, id, key, agent_label, requester_label, category, position, is_default, active
      )
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      returning ${STATUS_COLUMNS}`,
    values: [
      accountId,
      row.id,
      row.key,
      row.agentLabel,
      row.requesterLabel,
      row.category,
      row.position,
      row.isDefault,
      row.active,
    ],
  });
  return storedOf(stored);
}

/** Stores a further version of a status; `changed` are the public names of the fields that differ. */
export async function updateStatus(
  client: Queryable,
  accountId: string,
  row: StatusRow,
  changed: readonly string[],
): Promise<StatusView> {
  const [stored] = await rowsOf<StatusView>(client, {
    text: `
      update case_status
      set agent_label = $3, requester_label = $4, position = $5, is_default = $6, active = $7,
        version = version + 1, updated_at = now(),
        changed_in = changed_in || (select jsonb_object_agg(field, version + 1) from unnest($8::text[]) as field)
      where account_id = $1 and id = $2
      returning ${STATUS_COLUMNS}`,
    values: [
      accountId,
      row.id,
      row.agentLabel,
      row.requesterLabel,
      row.position,
      row.isDefault,
      row.active,
      [...changed],
    ],
  });
  return storedOf(stored);
}

function storedOf(stored: StatusView | undefined): StatusView {
  if (stored === undefined) {
    throw new Error('the status was not stored');
  }
  return stored;
}
