import type { CopiedWords } from '#libs/case-domain';
import type { Queryable } from '../../queryable.js';

/**
 * Takes words that a case copied of an interaction out of its history, wherever a change came from them or led to them,
 * and puts others in their place: the history goes on adding up to the case. `everyVersion`: whatever interactions have made
 * of them in between goes too.
 */
export async function redactCopiedWords(
  client: Queryable,
  accountId: string,
  { caseId, subject, description, everyVersion }: CopiedWords,
  instead: string,
): Promise<void> {
  const words = [subject, description].filter((text) => text !== '');
  await client.query({
    name: 'redact_copied_words',
    text: `
      with told as (
        select $3::text[] || coalesce(array_agg(change ->> 'to') filter (where change ->> 'to' <> ''), '{}') as words
        from case_event e
        cross join json_array_elements(e.changes) as change
        where $5 and e.account_id = $1 and e.case_id = $2 and e.interaction_id is not null
          and change ->> 'field' in ('subject', 'description')
      )
      update case_event e
      set changes = (
        select json_agg(
          case when change ->> 'field' in ('subject', 'description')
            then json_build_object(
              'field', change -> 'field',
              'from', case when change ->> 'from' = any (told.words) then to_json($4::text) else change -> 'from' end,
              'to', case when change ->> 'to' = any (told.words) then to_json($4::text) else change -> 'to' end
            )
            else change
          end
          order by place
        )
        from json_array_elements(e.changes) with ordinality as given (change, place)
      )
      from told
      where e.account_id = $1 and e.case_id = $2 and exists (
        select 1
        from json_array_elements(e.changes) as change
        where change ->> 'field' in ('subject', 'description')
          and (change ->> 'from' = any (told.words) or change ->> 'to' = any (told.words))
      )`,
    values: [accountId, caseId, words, instead, everyVersion],
  });
}
