import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBareCommand, aCreation, ADMINISTRATOR, agentIdOf, aLinking, aResolution, byId } from '#libs/testing';
import { aCommandWorld, type CommandWorld } from './world.js';

const ANA = agentIdOf('ana@acme.example');
const NOW = { closed_at: new Date(), closed_reason: 'auto_close' };

let world: CommandWorld;
beforeAll(async () => {
  world = await aCommandWorld();
});
afterAll(() => world.database.drop());

const owned = () => world.done(aCreation({ assigneeId: byId(ANA) }));

/** As the timer closes it, straight in the database. */
async function closed(): Promise<string> {
  const { id } = await owned();
  await world.done(aResolution(id));
  await world.rows('update cases set closed_at = $2, closed_reason = $3 where id = $1', [id, ...Object.values(NOW)]);
  return id;
}

describe('the database itself', () => {
  it.each([
    ['priority', `priority = 'low'`],
    ['tags', `tags = '{x}'`],
    ['participants', `participants = '{email:x@x.example}'`],
    ['the closing', 'closed_at = null, closed_reason = null'],
    ['what was said', `subject = 'other'`],
  ])('12 refuses to change %s of a closed case', async (_, set) => {
    const id = await closed();
    await expect(world.rows(`update cases set ${set} where id = $1`, [id])).rejects.toMatchObject({
      code: '23514',
      constraint: 'closed_cases_are_immutable',
    });
    await expect(
      world.rows(
        `insert into case_link (account_id, id, from_case_id, to_case_id, kind, created_at)
        select account_id, gen_random_uuid(), id, gen_random_uuid(), 'related', now() from cases where id = $1`,
        [id],
      ),
    ).rejects.toMatchObject({ constraint: 'closed_cases_are_immutable' });
    const [answer] = await world.settle(aBareCommand('unassign', id));
    expect(answer).toMatchObject({ code: 'case-closed' });
  });

  it('12 keeps comments and links of a closed case as they are, whoever wants to change them', async () => {
    const { id } = await owned();
    await world.rows(
      `insert into comment (account_id, id, case_id, author, public, body_text, created_at)
       select account_id, gen_random_uuid(), id, '{}', true, 'Sent.', now() from cases where id = $1`,
      [id],
    );
    const link = `insert into case_link (account_id, id, from_case_id, to_case_id, kind, created_at)
      select account_id, gen_random_uuid(), id, gen_random_uuid(), 'related', now() from cases where id = '${id}'`;
    await world.rows(link);
    await world.done(aResolution(id));
    await world.rows('update cases set closed_at = $2, closed_reason = $3 where id = $1', [id, ...Object.values(NOW)]);
    for (const statement of [
      `insert into comment (account_id, id, case_id, author, public, body_text, created_at)
       select account_id, gen_random_uuid(), id, '{}', true, 'Late.', now() from cases where id = '${id}'`,
      `update comment set body_text = 'Never said.' where case_id = '${id}'`,
      `delete from comment where case_id = '${id}'`,
      link,
      `update case_link set kind = 'parent' where from_case_id = '${id}'`,
      `delete from case_link where from_case_id = '${id}'`,
    ]) {
      const refused = { code: '23514', constraint: 'closed_cases_are_immutable' };
      await expect(world.rows(statement)).rejects.toMatchObject(refused);
    }
    const redaction = `select set_config('casewright.privacy', 'on', true);
      update comment set body_text = '', redacted_at = now() where case_id = '${id}'`;
    await world.rows(`begin; ${redaction}; commit`);
    expect(await world.rows('select body_text from comment where case_id = $1', [id])).toEqual([{ body_text: '' }]);
    await world.done(aBareCommand('delete', id));
    const [purged] = await world.settle(aBareCommand('purge', id, ADMINISTRATOR));
    expect(purged).toMatchObject({ outcome: 'done' });
    expect(await world.rows('select from comment where case_id = $1', [id])).toEqual([]);
    expect(await world.rows('select from case_link where from_case_id = $1', [id])).toEqual([]);
  });

  it.each([
    ['closed', `closed_at = $2, closed_reason = 'auto_close'`, 'closed_cases_are_immutable'],
    ['in the trash', 'deleted_at = $2', 'trashed_cases_are_left_alone'],
  ])(
    '12 lets nobody relate a case that is %s, or take that back; rules tie new ones to it',
    async (_, set, constraint) => {
      const [one, other] = [await owned(), await owned()];
      await world.done(aLinking(one.id, other.id));
      await world.done(aResolution(other.id));
      await world.rows(`update cases set ${set} where id = $1`, [other.id, new Date()]);
      const relating = (from: string, to: string, by: string) => `
      insert into case_link (account_id, id, from_case_id, to_case_id, kind, created_at, created_by)
      select account_id, gen_random_uuid(), '${from}', '${to}', 'related', now(), ${by} from cases where id = '${from}'`;
      const [third, byHand] = [await owned(), `'{"kind":"app"}'`];
      for (const statement of [
        relating(third.id, other.id, byHand),
        relating(other.id, third.id, byHand),
        `delete from case_link where from_case_id = '${one.id}'`,
        `update case_link set created_by = null where from_case_id = '${one.id}'`,
        `update case_link set from_case_id = '${third.id}', to_case_id = '${one.id}' where from_case_id = '${one.id}'`,
      ]) {
        await expect(world.rows(statement)).rejects.toMatchObject({ code: '23514', constraint });
      }
      await world.rows(relating(third.id, other.id, 'null'));
      await expect(world.rows(relating(third.id, third.id, 'null'))).rejects.toMatchObject({
        constraint: 'never_linked_with_itself',
      });
    },
  );

  it('lets a closed case be trashed and restored, and redacted where that is said', async () => {
    const id = await closed();
    await world.rows('update cases set deleted_at = now(), version = version + 1, updated_at = now() where id = $1', [
      id,
    ]);
    await world.rows('update cases set deleted_at = null, version = version + 1 where id = $1', [id]);
    const client = await world.database.pool.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('casewright.privacy', 'on', true)`);
      await client.query(`update cases set subject = '', description = '', supplied = '{}' where id = $1`, [id]);
      await expect(client.query(`update cases set priority = 'low' where id = $1`, [id])).rejects.toThrow('is closed');
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('refuses to change what is in the trash', async () => {
    const { id } = await owned();
    await world.rows('update cases set deleted_at = now() where id = $1', [id]);
    await expect(world.rows(`update cases set priority = 'low' where id = $1`, [id])).rejects.toMatchObject({
      constraint: 'trashed_cases_are_left_alone',
    });
  });

  it.each([
    ['task_has_its_due_date', `type = 'task'`],
    ['task_has_its_due_date', `due_on = '2026-01-01', due_at = now(), due_time_zone = 'UTC'`],
    ['only_incidents_have_problems', 'problem_id = gen_random_uuid()'],
    ['never_its_own_relative', 'parent_id = id'],
    ['new_means_unassigned', 'assignee_id = null'],
  ])('holds %s', async (constraint, set) => {
    const { id } = await owned();
    await expect(world.rows(`update cases set ${set} where id = $1`, [id])).rejects.toMatchObject({ constraint });
  });
});
