import { rowsOf, type Queryable } from '../../queryable.js';
import { ACCOUNT_COLUMNS, ACCOUNT_FIELDS, type AccountView, parametersOf } from './account-row.js';

const SET = parametersOf(ACCOUNT_FIELDS, 4).map((parameter, index) => `${ACCOUNT_FIELDS[index]} = ${parameter}`);

/** Stores a further version of an account; `changed` are the fields that differ. */
export async function updateAccount(
  client: Queryable,
  account: AccountView,
  changed: readonly string[],
): Promise<AccountView> {
  const [stored] = await rowsOf<AccountView>(client, {
    text: `
      update account
      set ${SET.join(', ')}, declared = $2, version = version + 1, updated_at = now(),
        changed_in = changed_in || (select jsonb_object_agg(field, version + 1) from unnest($3::text[]) as field)
      where id = $1
      returning ${ACCOUNT_COLUMNS}`,
    values: [account.id, account.declared, [...changed], ...ACCOUNT_FIELDS.map((field) => account[field])],
  });
  if (stored === undefined) {
    throw new Error('the account was not stored');
  }
  return stored;
}
