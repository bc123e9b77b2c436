import type { Queryable } from '../../queryable.js';

/** A case by its folded text. */
export interface SearchText {
  readonly caseId: string;
  readonly text: string;
}

/** Writes texts; one that stays as it was is not written. */
export async function writeSearchTexts(
  client: Queryable,
  accountId: string,
  texts: readonly SearchText[],
): Promise<void> {
  await client.query({
    name: 'write_search_texts',
    text: `
      insert into case_search as s (account_id, case_id, text)
      select $1, given.* from unnest($2::uuid[], $3::text[]) as given
      on conflict (account_id, case_id) do update set text = excluded.text where s.text <> excluded.text`,
    values: [accountId, texts.map(({ caseId }) => caseId), texts.map(({ text }) => text)],
  });
}

/** Cases that are not found any more: they are in the trash, or gone. */
export async function deleteSearchTexts(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'delete_search_texts',
    text: 'delete from case_search where account_id = $1 and case_id = any ($2::uuid[])',
    values: [accountId, caseIds],
  });
}
