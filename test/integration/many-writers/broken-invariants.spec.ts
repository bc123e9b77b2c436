import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { settle } from '#libs/case-ledger';
import { defaultAccountId } from '#libs/runtime';
import { aCreation, agentIdOf, aMail, anUpdate, aReopening, aResolution, byId } from '#libs/testing';
import { brokenInvariants, INVARIANTS } from '../../invariants/broken-invariants.js';
import { aCommandWorld, type CommandWorld } from '../commands/world.js';

const ANA = agentIdOf('ana@acme.example');
const CLOSED = `closed_at = now(), closed_reason = 'auto_close'`;
const OF_PROBLEM = `(select id from cases where type = 'problem')`;
const RESOLVED = `(select id from cases where category = 'resolved' and type is null)`;
const anEvent = (caseId: string, kind: string, changes: string): string => `
  insert into case_event (account_id, case_id, seq, id, kind, occurred_at, recorded_at, actor, changes)
  select account_id, id, version + 1, gen_random_uuid(), '${kind}', now(), now(), '{"kind":"app"}', '${changes}'
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

/** What breaks each invariant where nothing stands in the way. */
const BREACHES: Readonly<Record<string, string>> = {
  'I-1': `update cases set assignee_id = null where category = 'open'`,
  'I-2': `update agent set active = false`,
  'I-3': `update cases set resolution = ' ' where category = 'resolved'`,
  'I-4': `update cases set ${CLOSED} where category = 'open'`,
  'I-5': anEvent(RESOLVED, 'closed', moving('closedAt', '2026-01-01')),
  'I-6': `update cases set due_on = now() where type = 'problem'`,
  'I-7': `update cases set problem_id = id where type = 'incident'`,
  'I-8': `update cases set deleted_at = now() where type = 'problem'`,
  'I-9': anEvent(OF_PROBLEM, 'resolved', moving('category', 'resolved')),
  'I-10': 'update cases set requester_id = gen_random_uuid()',
  'I-11': `alter table cases drop constraint cases_account_id_number_key; update cases set number = 7`,
  'I-12': 'delete from case_event where seq = 1',
  'I-13': `update cases set interaction_count = 7`,
  'I-14':
    'insert into outbox (account_id, record_count, record_bytes, interaction_ids, event_case_ids, event_seqs) ' +
    'select account_id, record_count, record_bytes, interaction_ids, event_case_ids, event_seqs from outbox',
  'I-15': FOLLOW_UP,
  'I-16': `update cases set status_id = gen_random_uuid()`,
  'I-17': `update cases set parent_id = id where type = 'problem'`,
  'I-18': `update cases set merged_into_id = gen_random_uuid() where type = 'problem'`,
  'I-19': `${anEvent(RESOLVED, 'deleted', moving('deletedAt', '2026-01-01'))};
    ${anEvent(RESOLVED, 'tags_changed', '[]')}`,
  untold: 'delete from outbox',
};

let world: CommandWorld;
beforeAll(async () => {
  world = await aCommandWorld();
  const problem = await world.done(aCreation({ type: 'problem', assigneeId: byId(ANA) }));
  const incident = await world.done(
    aCreation({ type: 'incident', problemId: byId(problem.id), assigneeId: byId(ANA) }),
  );
  await world.done(aResolution(problem.id));
  await world.done(aReopening(problem.id));
  await world.done(aReopening(incident.id));
  const plain = await world.done(aCreation({ assigneeId: byId(ANA) }));
  await world.done(anUpdate(plain.id, { priority: 'low' }));
  await world.done(aResolution(plain.id));
  const mail = aMail({ messageId: '<first@x>' });
  const input = { kind: 'interaction', interaction: mail, payload: Buffer.from(JSON.stringify(mail)) } as const;
  await settle(world.ledger, [{ accountId: defaultAccountId, inputs: [input] }]);
  // Whatever the database holds by itself stands aside.
  const { rows } = await world.database.pool.query<{ drop: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop
       from pg_constraint where contype = 'c' and conrelid in ('cases'::regclass, 'case_link'::regclass)
     union all select format('alter table %s disable trigger user', relname)
       from pg_class where relname in ('cases', 'case_link', 'comment')`,
  );
  await world.rows(rows.map((row) => row.drop).join('; '));
});
afterAll(() => world.database.drop());

it('nothing is broken before', async () => {
  expect(await brokenInvariants(world.database.pool)).toEqual([]);
  expect(Object.keys(BREACHES).sort()).toEqual([...Object.keys(INVARIANTS), 'untold'].sort());
});

it.each(Object.entries(BREACHES))('%s is seen to be broken', async (number, breach) => {
  const client = await world.database.pool.connect();
  try {
    await client.query('begin');
    await client.query(breach);
    const broken = await brokenInvariants(client);
    expect(broken.map((line) => line.split(' ')[0])).toContain(number);
  } finally {
    await client.query('rollback');
    client.release();
  }
});
