import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import type { ErasedPerson } from './erasable-interactions.js';

/**
 * Cases that say something of a person and out of which this erasure has not taken her, in the order of their ids behind
 * `after`: those that she asked for, in which she takes part, or that mention her (`pattern`). All of the account are read.
 */
export async function listErasableCases(
  client: Queryable,
  { accountId, contactIds }: ErasedPerson,
  { erasureId, pattern }: { readonly erasureId: string; readonly pattern: string | null },
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'list_erasable_cases',
    text: `
      select c.id
      from cases c
      where c.account_id = $1 and ($2::uuid is null or c.id > $2)
        and (
          c.requester_kind = 'contact' and c.requester_id = any ($3::uuid[])
          or c.participants && array(
            select prefix || 'contact:' || id::text
            from unnest($3::uuid[]) as given (id)
            cross join unnest('{"",follower:}'::text[]) as prefix
          )
          or concat_ws(E'\\n', c.subject, c.description, c.resolution, c.supplied, c.via, c.custom_fields, c.participants, c.tags)
            ~* $4
          or exists (
            select 1 from comment m
            where m.account_id = $1 and m.case_id = c.id and concat_ws(E'\\n', m.title, m.body_text, m.body_html) ~* $4
          )
          or exists (
            select 1 from case_event e
            where e.account_id = $1 and e.case_id = c.id and concat_ws(E'\\n', e.changes, e.details) ~* $4
          )
        )
        and not exists (
          select 1 from case_event e
          where e.account_id = $1 and e.case_id = c.id and e.kind = 'requester_erased'
            and e.details ->> 'erasure_id' = $5::text
        )
      order by c.id
      limit $6`,
    values: [accountId, after, plainArray(contactIds), pattern, erasureId, limit],
  });
  return rows.map(({ id }) => id);
}

/** How records name a person, her cases and what was said in them (`ce_subject`). */
export async function listSubjects(client: Queryable, { accountId, contactIds }: ErasedPerson): Promise<string[]> {
  const rows = await rowsOf<{ subject: string }>(client, {
    name: 'list_subjects',
    text: `
      with hers as (
        select id from cases where account_id = $1 and requester_kind = 'contact' and requester_id = any ($2::uuid[])
      )
      select 'contacts/' || id as subject from unnest($2::uuid[]) as given (id)
      union all
      select 'cases/' || id from hers
      union all
      select 'interactions/' || i.id from interaction i where i.account_id = $1 and i.case_id in (select id from hers)`,
    values: [accountId, plainArray(contactIds)],
  });
  return rows.map(({ subject }) => subject);
}
