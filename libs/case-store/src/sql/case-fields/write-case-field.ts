import { rowsOf, type Queryable } from '../../queryable.js';
import { CASE_FIELD_COLUMNS, type CaseFieldView } from './case-field-row.js';

/** Everything of a field that people decide. */
export type CaseFieldRow = Omit<CaseFieldView, 'version' | 'changedIn' | 'createdAt' | 'updatedAt'>;

/** Stores a new field. */
export async function insertCaseField(client: Queryable, accountId: string, row: CaseFieldRow): Promise<CaseFieldView> {
  const [stored] = await rowsOf<CaseFieldView>(client, {
    text: `
      insert into case_field (account_id, id, key, type, label, description, required, active, position, options)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      returning ${CASE_FIELD_COLUMNS}`,
    values: [accountId, row.id, row.key, row.type, ...changing(row)],
  });
  return storedOf(stored);
}

/** Stores a further version of a field; `changed` are the public names of the parts that differ. */
export async function updateCaseField(
  client: Queryable,
  accountId: string,
  row: CaseFieldRow,
  changed: readonly string[],
): Promise<CaseFieldView> {
  const [stored] = await rowsOf<CaseFieldView>(client, {
    text: `
      update case_field
      set label = $4, description = $5, required = $6, active = $7, position = $8, options = $9,
        version = version + 1, updated_at = now(),
        changed_in = changed_in || (select jsonb_object_agg(part, version + 1) from unnest($3::text[]) as part)
      where account_id = $1 and id = $2
      returning ${CASE_FIELD_COLUMNS}`,
    values: [accountId, row.id, [...changed], ...changing(row)],
  });
  return storedOf(stored);
}

function changing({ label, description, required, active, position, options }: CaseFieldRow): unknown[] {
  return [label, description, required, active, position, JSON.stringify(options)];
}

function storedOf(stored: CaseFieldView | undefined): CaseFieldView {
  if (stored === undefined) {
    throw new Error('the field was not stored');
  }
  return stored;
}
