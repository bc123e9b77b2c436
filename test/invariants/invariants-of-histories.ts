/**
 * What the statements below look things up in, made first in their transaction: `announced` has the place of each event in
 * the order in which transactions that met were committed (whoever announces has all its locks, and ids of the outbox
 * ascend), `moves` every change of a field by that place. Only of events that no relay has taken away yet. Indexed,
 * because each statement looks up what many cases were at many places.
 */
export const TABLES_OF_HISTORIES = `
  create temporary table announced on commit drop as
    select o.account_id, o.id as place, event.case_id, event.seq
      from outbox o cross join lateral unnest(o.event_case_ids, o.event_seqs) as event (case_id, seq);
  create index on announced (case_id, seq);
  analyze announced;
  create temporary table moves on commit drop as
    select e.account_id, e.case_id, e.seq, e.kind, e.actor, a.place, change ->> 'field' as field, change ->> 'to' as moved
      from case_event e
      join announced a on a.account_id = e.account_id and a.case_id = e.case_id and a.seq = e.seq
      cross join lateral json_array_elements(e.changes) as change;
  create index on moves (case_id, field, place, seq);
  create index on moves (moved) where field = 'problemId';
  analyze moves`;

/** What a field of a case was right after a place in that order. */
const valueAt = (field: string, caseId: string, place: string): string => `(
  select earlier.moved from moves earlier
   where earlier.case_id = ${caseId} and earlier.field = '${field}' and earlier.place <= ${place}
   order by earlier.place desc, earlier.seq desc limit 1)`;

/** What may still be told of a case that is closed, or in the trash. */
const STILL_TOLD = `('deleted', 'restored', 'purged', 'redacted', 'comment_redacted', 'attachment_redacted',
  'legal_hold_changed')`;

/** Of the invariants of domain.md §3 those that only the history shows; each statement returns what breaks it. */
export const INVARIANTS_OF_HISTORIES: Readonly<Record<string, string>> = {
  /** Closed is resolved, for a reason, and the end of its history but for the trash and what erases people. */
  'I-4': `
    select id::text, closed_at::text, category, closed_reason from cases
     where (closed_at is null) <> (closed_reason is null) or (closed_at is not null and category <> 'resolved')
    union all
    select later.case_id::text, later.seq::text, later.kind, 'after it was closed'
      from case_event closing
      join case_event later
        on later.account_id = closing.account_id and later.case_id = closing.case_id and later.seq > closing.seq
     where exists (
             select from json_array_elements(closing.changes) as change
              where change ->> 'field' = 'closedAt' and change ->> 'to' is not null)
       and later.kind not in ${STILL_TOLD}`,

  /** Nobody closes a case but the timer, a resolved one, and a merge, which closes resolved subcases with their parent. */
  'I-5': `
    select m.case_id, m.kind, m.actor::text
      from moves m
     where m.field = 'closedAt' and m.moved is not null and m.kind <> 'merged'
       and (m.actor ->> 'kind' is distinct from 'automation'
              and (m.actor ->> 'kind' is distinct from 'system'
                   or ${valueAt('closedReason', 'm.case_id', 'm.place')} is distinct from 'merged')
            or ${valueAt('category', 'm.case_id', '(m.place - 1)')} is distinct from 'resolved')`,

  /** When a problem was resolved, each of its incidents was. */
  'I-9': `
    with resolved as (
      select distinct m.case_id, m.place from moves m
       where m.field = 'category' and m.moved = 'resolved'
         and ${valueAt('type', 'm.case_id', 'm.place')} = 'problem'
    ),
    linked as (
      select distinct resolved.case_id as problem_id, resolved.place, m.case_id
        from resolved join moves m on m.field = 'problemId' and m.moved = resolved.case_id::text
    )
    select linked.problem_id, linked.case_id, ${valueAt('category', 'linked.case_id', 'linked.place')} as category
      from linked
     where ${valueAt('problemId', 'linked.case_id', 'linked.place')} = linked.problem_id::text
       and ${valueAt('deletedAt', 'linked.case_id', 'linked.place')} is null
       and ${valueAt('category', 'linked.case_id', 'linked.place')} is distinct from 'resolved'`,

  /** A number is borne once, for ever. */
  'I-11': `
    select min(id::text) as id, number::text, count(*)::text as bearers
      from (select account_id, id, number from cases union all select account_id, id, number from purged_case) as borne
     group by account_id, number having count(*) > 1
    union all
    select case_id::text, seq::text, 'another number'
      from case_event cross join lateral json_array_elements(changes) as change
     where change ->> 'field' = 'number' and seq > 1`,

  /** The history of a case is 1, 2, 3 … up to its version, and each event says the version that it made. */
  'I-12': `
    select c.id, c.version, count(e.seq) as events, max(e.seq) as last
      from cases c
      left join case_event e on e.account_id = c.account_id and e.case_id = c.id
     group by c.account_id, c.id, c.version
    having count(e.seq) <> c.version or min(e.seq) <> 1 or max(e.seq) <> c.version
    union all
    select e.case_id, e.seq, null, (change ->> 'to')::int
      from case_event e cross join lateral json_array_elements(e.changes) as change
     where change ->> 'field' = 'version' and (change ->> 'to')::int <> e.seq`,

  /** However often it came: one row of an interaction, one event about it in a case, and each event told once. */
  'I-14': `
    select min(id::text) as id, external_id as what, count(*) as times
      from interaction group by account_id, channel, provider, external_id having count(*) > 1
    union all
    select case_id::text, kind || ' by ' || interaction_id, count(*)
      from case_event where interaction_id is not null and kind <> 'merged'
     group by account_id, case_id, kind, interaction_id having count(*) > 1
    union all
    select case_id::text, 'event ' || seq, count(*)
      from announced group by account_id, case_id, seq having count(*) > 1`,

  /** No mail makes a follow-up while its family has a case that takes it. Of accounts that reopen until closed. */
  'I-15': `
    select f.id, member.id as usable
      from cases f
      join moves opened on opened.case_id = f.id and opened.seq = 1 and opened.field = 'version'
      join cases member
        on member.account_id = f.account_id and member.root_case_id = f.root_case_id and member.id <> f.id
      join moves began on began.case_id = member.id and began.seq = 1 and began.field = 'version'
     where f.follow_up_of_id is not null and f.source = 'email' and member.source = 'email'
       and began.place < opened.place
       and ${valueAt('closedAt', 'member.id', 'opened.place')} is null
       and ${valueAt('deletedAt', 'member.id', 'opened.place')} is null`,

  /** Both histories tell of what people related as long as it stands there; what was purged has no history. */
  links: `
    with standing as (
      select l.account_id, l.id::text as link_id, end_id as case_id
        from case_link l cross join lateral unnest(array[l.from_case_id, l.to_case_id]) as end_id
        join cases c on c.account_id = l.account_id and c.id = end_id
       where l.kind = 'related' and l.created_by is not null
    ), told as (
      select account_id, details ->> 'link_id' as link_id, case_id, min(details ->> 'case_id') as other_id,
          sum(case kind when 'link_added' then 1 else -1 end) as times
        from case_event where kind in ('link_added', 'link_removed') group by 1, 2, 3
    )
    select link_id, case_id, standing.link_id is not null as stands, times
      from standing full join told using (account_id, link_id, case_id)
     where case when standing.link_id is not null then times is distinct from 1
                else times > 0 and not exists (select from purged_case p where p.id::text = told.other_id) end`,

  /** What is in the trash is taken out of it, or purged, and nothing else happens to it. */
  'I-19': `
    select later.case_id, later.seq, later.kind
      from case_event trashing
      join case_event later
        on later.account_id = trashing.account_id and later.case_id = trashing.case_id and later.seq = trashing.seq + 1
     where exists (
             select from json_array_elements(trashing.changes) as change
              where change ->> 'field' = 'deletedAt' and change ->> 'to' is not null)
       and later.kind not in ${STILL_TOLD}`,
};

/** Events that nobody will be told of. Of a database without a relay. */
export const UNTOLD_EVENTS = `
  select e.case_id, e.seq, e.kind
    from case_event e
   where not exists (
     select from announced a where a.account_id = e.account_id and a.case_id = e.case_id and a.seq = e.seq)`;
