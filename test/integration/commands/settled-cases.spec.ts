import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBareCommand, aCreation, agentIdOf, aResolution, byId } from '#libs/testing';
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
        `insert into case_link (account_id, from_case_id, to_case_id, kind, created_at)
        select account_id, id, gen_random_uuid(), 'related', now() from cases where id = $1`,
        [id],
      ),
    ).rejects.toMatchObject({ constraint: 'closed_cases_are_immutable' });
    const [answer] = await world.settle(aBareCommand('unassign', id));
    expect(answer).toMatchObject({ code: 'case-closed' });
  });

  it('lets a closed case be trashed and restored, and redacted where that is said', async () => {
    const id = await closed();
    await world.rows('update cases set deleted_at = now(), version = version + 1, updated_at = now() where id = $1', [
      id,
    ]);
    await world.rows('update cases set deleted_at = null, version = version + 1 where id = $1', [id]);
    const client = await world.database.pool.connect();
    await client.query('begin');
    await client.query(`select set_config('casewright.privacy', 'on', true)`);
    await client.query(`update cases set subject = '', description = '', supplied = '{}' where id = $1`, [id]);
    await expect(client.query(`update cases set priority = 'low' where id = $1`, [id])).rejects.toThrow('is closed');
    await client.query('rollback');
    client.release();
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
