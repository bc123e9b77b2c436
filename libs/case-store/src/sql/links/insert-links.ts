import type { NewLink } from '#libs/case-domain';
import { joinedJson, plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Writes links; what ties the same cases in the same way already stays. Nobody made those that follow from rules. */
export async function insertLinks(
  client: Queryable,
  accountId: string,
  createdAt: string,
  links: readonly NewLink[],
): Promise<void> {
  await client.query({
    name: 'insert_links',
    text: `
      insert into case_link (account_id, id, from_case_id, to_case_id, kind, created_at, created_by, on_behalf_of)
      select $1, id, from_case_id, to_case_id, kind, $2, nullif(created_by, 'null')::json, on_behalf_of
      from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], string_to_array($7, E'\\x1e'), $8::uuid[])
        as given (id, from_case_id, to_case_id, kind, created_by, on_behalf_of)
      on conflict do nothing`,
    values: [
      accountId,
      createdAt,
      plainArray(links.map(({ id }) => id)),
      plainArray(links.map(({ fromCaseId }) => fromCaseId)),
      plainArray(links.map(({ toCaseId }) => toCaseId)),
      plainArray(links.map(({ kind }) => kind)),
      joinedJson(links.map(({ createdBy }) => JSON.stringify(createdBy?.actor ?? null))),
      plainArray(links.map(({ createdBy }) => createdBy?.onBehalfOf ?? null)),
    ],
  });
}
