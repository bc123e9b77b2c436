const PROBLEM = `(select id from cases where type = 'problem')`;
const INCIDENT = `(select id from cases where type = 'incident')`;
const RESOLVED = `(select id from cases where category = 'resolved' and type is null)`;
const OF_MAIL = `(select id from cases where source = 'email')`;
const CLOSED = `closed_at = now(), closed_reason = 'auto_close'`;

/** One more event of a case, which stands in its version and in the outbox. */
const anEvent = (caseId: string, kind: string, changes: string, actor = 'app'): string => `
  insert into case_event (account_id, case_id, seq, id, kind, occurred_at, recorded_at, actor, changes)
  select account_id, id, version + 1, gen_random_uuid(), '${kind}', now(), now(), '{"kind":"${actor}"}', '${changes}'
    from cases where id = ${caseId};
  update cases set version = version + 1 where id = ${caseId};
  insert into outbox (account_id, record_count, record_bytes, interaction_ids, event_case_ids, event_seqs)
  select account_id, 1, 1, '{}', array[id], array[version] from cases where id = ${caseId}`;
const moving = (field: string, to: string): string => `[{"field":"${field}","from":null,"to":"${to}"}]`;
/** A second case like the one that a mail opened, that follows it up. */
const FOLLOW_UP = `
  create temporary table copied on commit drop as select * from cases where source = 'email';
  update copied set id = gen_random_uuid(), number = 900, version = 0, interaction_count = 0, follow_up_of_id = id;
  insert into cases select * from copied;
  ${anEvent('(select id from copied)', 'follow_up_created', '[{"field":"version","from":null,"to":"1"}]')}`;
const A_TASK = `type = 'task', due_on = now(), due_at = now(), due_time_zone = 'UTC'`;

/**
 * Forged rows, one breach for each thing that a statement of an invariant looks for: number, what is wrong, how it comes
 * about where nothing stands in the way. They fit a database with a problem and an incident of it that were resolved and
 * opened again, a plain case that is related with the problem and resolved, and a case that a mail has opened.
 */
export const BREACHES: readonly (readonly [number: string, what: string, forgery: string])[] = [
  ['I-1', 'an open case is nobody’s', `update cases set assignee_id = null where category = 'open'`],
  ['I-1', 'a new case is somebody’s', `update cases set category = 'new' where category = 'open'`],
  ['I-2', 'an agent who has left has a case', `update agent set active = false`],
  ['I-2', 'an agent of no group has a case', `delete from group_member`],
  ['I-3', 'a case is resolved in no words', `update cases set resolution = ' ' where category = 'resolved'`],
  ['I-3', 'a case is resolved at no time', `update cases set resolved_at = null where category = 'resolved'`],
  ['I-3', 'a case is resolved by nobody', `update cases set assignee_id = null where category = 'resolved'`],
  [
    'I-3',
    'a case is resolved by nobody and for no reason',
    `update cases set assignee_id = null, resolution_source = null where category = 'resolved'`,
  ],
  ['I-4', 'an open case is closed', `update cases set ${CLOSED} where category = 'open'`],
  ['I-4', 'a case is closed for no reason', `update cases set closed_at = now() where category = 'resolved'`],
  [
    'I-4',
    'a closed case changes',
    `${anEvent(RESOLVED, 'closed', moving('closedAt', '2026-01-01'))}; ${anEvent(RESOLVED, 'tags_changed', '[]')}`,
  ],
  ['I-5', 'a client closes a case', anEvent(RESOLVED, 'closed', moving('closedAt', '2026-01-01'))],
  ['I-5', 'the system closes a case', anEvent(RESOLVED, 'closed', moving('closedAt', '2026-01-01'), 'system')],
  ['I-5', 'an open case is closed', anEvent(PROBLEM, 'closed', moving('closedAt', '2026-01-01'), 'automation')],
  ['I-6', 'a problem has its day', `update cases set due_on = now() where type = 'problem'`],
  ['I-6', 'a task has no day', `update cases set type = 'task' where type = 'problem'`],
  ['I-6', 'a task is nobody’s', `update cases set ${A_TASK}, assignee_id = null where id = ${RESOLVED}`],
  ['I-7', 'an incident is its own problem', `update cases set problem_id = id where type = 'incident'`],
  ['I-7', 'an incident is of no problem', `update cases set problem_id = null where type = 'incident'`],
  ['I-7', 'an incident is of a plain case', `update cases set problem_id = ${RESOLVED} where type = 'incident'`],
  ['I-8', 'a problem is in the trash', `update cases set deleted_at = now() where type = 'problem'`],
  ['I-8', 'a problem is none any more', `update cases set type = 'question' where type = 'problem'`],
  ['I-9', 'an incident stays open', anEvent(PROBLEM, 'resolved', moving('category', 'resolved'))],
  ['I-10', 'a case is for nobody', 'update cases set requester_id = gen_random_uuid()'],
  ['I-10', 'a case is for a client', `update cases set submitter_kind = 'app', submitter_id = requester_id`],
  [
    'I-11',
    'a number is borne twice',
    `alter table cases drop constraint cases_account_id_number_key; update cases set number = 7`,
  ],
  [
    'I-11',
    'the number of a purged case is borne',
    `insert into purged_case (account_id, id, number, purged_at, purged_by)
     select account_id, gen_random_uuid(), number, now(), '{}' from cases where type = 'problem'`,
  ],
  ['I-11', 'a case gets another number', anEvent(PROBLEM, 'updated', moving('number', '9'))],
  ['I-12', 'a history has no beginning', 'delete from case_event where seq = 1'],
  ['I-12', 'a history has a gap', `delete from case_event where case_id = ${PROBLEM} and seq = 2`],
  ['I-12', 'a case is ahead of its history', `update cases set version = version + 1 where id = ${PROBLEM}`],
  ['I-12', 'an event says another version', anEvent(PROBLEM, 'updated', moving('version', '99'))],
  ['I-13', 'a case has miscounted', `update cases set interaction_count = 7`],
  [
    'I-13',
    'an interaction is of no case',
    `update interaction set case_id = gen_random_uuid(); update cases set interaction_count = 0`,
  ],
  ['I-13', 'a name leads nowhere', `update thread_key set case_id = gen_random_uuid()`],
  [
    'I-14',
    'an event is told twice',
    `insert into outbox (account_id, record_count, record_bytes, interaction_ids, event_case_ids, event_seqs)
     select account_id, record_count, record_bytes, interaction_ids, event_case_ids, event_seqs from outbox`,
  ],
  [
    'I-14',
    'an interaction has two rows',
    `create temporary table again on commit drop as select * from interaction;
     update again set id = gen_random_uuid(), case_id = null; insert into interaction select * from again`,
  ],
  [
    'I-14',
    'a case tells an interaction twice',
    `${anEvent(OF_MAIL, 'created', '[]')};
     update case_event set interaction_id = (select id from interaction) where case_id = ${OF_MAIL}`,
  ],
  ['I-15', 'a follow-up stands beside a case that takes messages', FOLLOW_UP],
  ['I-16', 'a case has a status that is not there', `update cases set status_id = gen_random_uuid()`],
  ['I-16', 'a case has a status that is not in use', `update case_status set is_default = false, active = false`],
  [
    'I-16',
    'a case has a status of another category',
    `update cases set status_id = (select id from case_status where category = 'pending') where category = 'open'`,
  ],
  ['I-17', 'a case is its own parent', `update cases set parent_id = id where type = 'problem'`],
  [
    'I-17',
    'two cases follow up one another',
    `update cases set follow_up_of_id = ${RESOLVED} where id = ${PROBLEM};
     update cases set follow_up_of_id = ${PROBLEM} where id = ${RESOLVED}`,
  ],
  [
    'I-17',
    'a parent is a subcase',
    `update cases set parent_id = ${RESOLVED} where id = ${PROBLEM};
     update cases set parent_id = ${PROBLEM} where id = ${INCIDENT}`,
  ],
  [
    'I-17',
    'a parent is in the trash',
    `update cases set parent_id = ${RESOLVED} where id = ${PROBLEM};
     update cases set deleted_at = now() where id = ${RESOLVED}`,
  ],
  ['I-17', 'a parent is not there', `update cases set parent_id = gen_random_uuid() where type = 'problem'`],
  ['I-18', 'a case was merged into none', `update cases set merged_into_id = gen_random_uuid() where type = 'problem'`],
  [
    'I-18',
    'two cases were merged into one another',
    `update cases set merged_into_id = ${RESOLVED} where id = ${PROBLEM};
     update cases set merged_into_id = ${PROBLEM} where id = ${RESOLVED}`,
  ],
  [
    'I-19',
    'a case changes in the trash',
    `${anEvent(RESOLVED, 'deleted', moving('deletedAt', '2026-01-01'))}; ${anEvent(RESOLVED, 'tags_changed', '[]')}`,
  ],
  ['links', 'a link that both cases tell of is gone', `delete from case_link where kind = 'related'`],
  [
    'links',
    'one of the two cases tells nothing of a link',
    `update case_event set kind = 'updated' where kind = 'link_added' and case_id = ${RESOLVED}`,
  ],
  ['untold', 'nobody is told of an event', 'delete from outbox'],
  ['marks', 'a case is marked with what it does not have', `insert into case_mark select account_id, 7, id from cases`],
  [
    'marks',
    'a case is not found by its tag',
    `alter table cases disable trigger mark_changed_case; update cases set tags = '{lost}' where category = 'open'`,
  ],
];
