import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordsOf, settle } from '#libs/case-ledger';
import { readOutbox } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import {
  aBareCommand,
  aCreation,
  agentIdOf,
  aLegalHold,
  aMail,
  anAsker,
  anUpdate,
  aResolution,
  byId,
} from '#libs/testing';
import { aCommandWorld, type CommandWorld } from './world.js';

const ANA = agentIdOf('ana@acme.example');
const ADMIN = anAsker({ admin: true });

let world: CommandWorld;
beforeAll(async () => {
  world = await aCommandWorld();
});
afterAll(() => world.database.drop());

const owned = (wish: Parameters<typeof aCreation>[0] = {}) => world.done(aCreation({ assigneeId: byId(ANA), ...wish }));
const codeOf = async (...commands: Parameters<CommandWorld['settle']>): Promise<string | undefined> => {
  const [answer] = await world.settle(...commands);
  return answer?.outcome === 'refused' ? answer.code : answer?.outcome;
};
const trashed = async (...ids: string[]): Promise<boolean[]> => {
  const states = await Promise.all(ids.map((id) => world.state(id)));
  return states.map(({ deletedAt }) => deletedAt !== null);
};

describe('the trash', () => {
  it('takes a case with its subcases, and gives all of them back by any of them', async () => {
    const parent = await owned();
    const [one, other] = [await owned({ parentId: byId(parent.id) }), await owned({ parentId: byId(parent.id) })];
    await world.done(aBareCommand('delete', other.id));
    await world.done(aBareCommand('delete', parent.id));
    expect(await trashed(parent.id, one.id, other.id)).toEqual([true, true, true]);
    expect(await codeOf(aBareCommand('delete', one.id))).toBe('unchanged');
    expect(await codeOf(anUpdate(one.id, { priority: 'low' }))).toBe('case-deleted');
    await world.done(aBareCommand('restore', one.id));
    // What was in the trash before stays there.
    expect(await trashed(parent.id, one.id, other.id)).toEqual([false, false, true]);
    const kinds = await world.rows<{ kind: string }>(
      'select kind from case_event where case_id = $1 order by seq desc limit 2',
      [one.id],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['restored', 'deleted']);
  });

  it('is emptied of a case with its subcases, unless one of them is on hold', async () => {
    const parent = await owned();
    const child = await owned({ parentId: byId(parent.id) });
    await world.done(aBareCommand('delete', parent.id));
    await world.done(aLegalHold(child.id));
    expect(await codeOf(aBareCommand('purge', parent.id, ADMIN))).toBe('legal-hold');
    await world.done(aLegalHold(child.id, { on: false }));
    expect(await codeOf(aBareCommand('purge', parent.id, ADMIN))).toBe('done');
    expect(await world.rows('select from cases where id = any ($1)', [[parent.id, child.id]])).toEqual([]);
  });

  it('29 takes no problem with live incidents, and takes closed cases', async () => {
    const problem = await owned({ type: 'problem' });
    const incident = await owned({ type: 'incident', problemId: byId(problem.id) });
    expect(await codeOf(aBareCommand('delete', problem.id))).toBe('problem-has-incidents');
    expect(await codeOf(anUpdate(problem.id, { type: null }))).toBe('problem-has-incidents');
    await world.done(aBareCommand('delete', incident.id));
    await world.done(aBareCommand('delete', problem.id));
    // Its problem stays in the trash, so it is no incident any more.
    expect(await world.done(aBareCommand('restore', incident.id))).toMatchObject({ type: null, problemId: null });
    const closed = await owned();
    await world.done(aResolution(closed.id));
    await world.rows(
      `update cases set closed_at = date_trunc('milliseconds', now()), closed_reason = 'auto_close' where id = $1`,
      [closed.id],
    );
    expect((await world.done(aBareCommand('delete', closed.id))).deletedAt).not.toBeNull();
    expect((await world.done(aBareCommand('restore', closed.id))).closedAt).not.toBeNull();
  });

  it('is emptied by administrators alone; the number stays, and nothing that was said', async () => {
    const mail = aMail({ messageId: '<purged@x>', from: 'eve@x.example' });
    const input = { kind: 'interaction', interaction: mail, payload: Buffer.from(JSON.stringify(mail)) } as const;
    await settle(world.ledger, [{ accountId: defaultAccountId, inputs: [input] }]);
    const [{ id, number } = { id: '', number: '' }] = await world.rows<{ id: string; number: string }>(
      'select id, number from cases where origin_interaction_id = $1',
      [mail.id],
    );
    expect(await codeOf(aBareCommand('purge', id, ADMIN))).toBe('not-in-trash');
    await world.done(aBareCommand('delete', id));
    expect(await codeOf(aBareCommand('purge', id))).toBe('forbidden');
    expect(await codeOf(aBareCommand('purge', id, ADMIN))).toBe('done');
    const left = await world.rows<{ row: string }>(
      `select t::text as row from cases t union all select t::text from case_event t union all select t::text
       from interaction t union all select t::text from thread_key t`,
    );
    expect(left.filter(({ row }) => row.includes(id) || row.includes('eve@x.example'))).toEqual([]);
    // The name of the mail stays with its row, so that the mail is known when it comes again, and leads nowhere.
    expect(await world.rows(`select from thread_key where value = '<purged@x>'`)).toEqual([]);
    expect(await world.rows('select id, number from purged_case where id = $1', [id])).toEqual([{ id, number }]);
    for (const target of [byId(id), { by: 'number', value: number } as const]) {
      expect(await codeOf(anUpdate('', { priority: 'low' }, { target }))).toBe('purged');
    }
    const outbox = await world.rows<{ id: string }>('select id from outbox order by id');
    const entries = await readOutbox(
      world.database.pool,
      outbox.map((row) => row.id),
    );
    const told = (await recordsOf(world.database.pool, entries)).filter(({ key }) => key === id);
    expect(told.map(({ topic, value, headers }) => [topic, headers['ce_type'], value === null])).toEqual([
      [CASE_EVENTS_TOPIC, 'io.casewright.case.purged.v1', false],
      [CASE_STATE_TOPIC, 'io.casewright.case.state.v1', true],
    ]);
    expect(JSON.stringify(told)).not.toContain('kettle');
    // The same mail again brings nothing back, and an answer to it begins a case of its own.
    await settle(world.ledger, [{ accountId: defaultAccountId, inputs: [input] }]);
    const answer = aMail({ messageId: '<later@x>', from: 'eve@x.example', inReplyTo: '<purged@x>' });
    const later = { kind: 'interaction', interaction: answer, payload: Buffer.from(JSON.stringify(answer)) } as const;
    const [settled] = await settle(world.ledger, [{ accountId: defaultAccountId, inputs: [later] }]);
    expect(settled).toMatchObject({ endings: ['created'] });
  });
});

describe('a problem with a thousand incidents', () => {
  it('24 is resolved with all of them in one transaction', async () => {
    const problem = await owned({ type: 'problem' });
    const link = {
      type: 'incident',
      problemId: byId(problem.id),
      requester: { form: 'phone', value: '+351210000009', name: null },
    } as const;
    await world.settle(...Array.from({ length: 1000 }, () => aCreation({ ...link, assigneeId: byId(ANA) })));
    const started = performance.now();
    await world.done(aResolution(problem.id));
    const took = performance.now() - started;
    const [counted] = await world.rows(
      `select count(*)::int as incidents, count(distinct resolved_at)::int as instants, max(version) as version from cases
       where problem_id = $1 and category = 'resolved' and resolution_source = 'problem_cascade'`,
      [problem.id],
    );
    expect(counted).toEqual({ incidents: 1000, instants: 1, version: 2 });
    expect(took).toBeLessThan(2000);
  });
});
