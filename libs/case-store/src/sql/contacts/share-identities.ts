import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Notes that further contacts are about to hold identities: from then on none of these identifies anybody alone. */
export async function shareIdentities(
  client: Queryable,
  accountId: string,
  identities: readonly { readonly kind: string; readonly value: string }[],
): Promise<void> {
  await client.query({
    name: 'share_identities',
    text: `
      update contact_identity i
      set is_shared = true
      from unnest($2::text[], $3::text[]) as given (kind, value)
      where i.account_id = $1 and i.kind = given.kind and i.value = given.value and not i.is_shared`,
    values: [
      accountId,
      plainArray(identities.map(({ kind }) => kind)),
      textArray(identities.map(({ value }) => value)),
    ],
  });
}
