import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LEDGER, type LedgerDependencies, settle } from '#libs/case-ledger';
import { AccountDirectory, readWakes } from '#libs/case-store';
import { newId } from '#libs/interaction';
import { aMail } from '#libs/testing';
import { answerWakes } from '../../../apps/case-builder/src/assignment/give-waiting.js';
import { OUR_ACCOUNT } from './identities.js';
import { ANA, aTeam, SUPPORT, type Team } from './team.js';

let team: Team;
beforeAll(async () => {
  team = await aTeam();
});
afterAll(() => team.world.close());

describe('an agent', () => {
  it('is made, read by id and address, changed, and never deleted', async () => {
    const fields = {
      email: 'Rui@Acme.example',
      name: 'Rui',
      group_ids: ['name:Support'],
      skills: [{ key: 'french', level: 7 }],
      extensions: ['201', '201'],
      time_zone: 'Europe/Lisbon',
    };
    const made = await team.send('POST /v1/agents', fields);
    expect(made).toMatchObject({
      status: 201,
      headers: { etag: '"1"', location: `/v1/agents/${made.body.id}` },
      body: {
        ...fields,
        email: 'rui@acme.example',
        group_ids: [SUPPORT],
        default_group_id: SUPPORT,
        extensions: ['201'],
        role: 'agent',
        active: true,
        presence: [],
        managed_by: 'api',
      },
    });
    expect((await team.send('GET /v1/agents/email:RUI@acme.example')).body).toEqual(made.body);
    const patched = await team.send(`PATCH /v1/agents/${made.body.id}`, { role: 'admin', skills: [] });
    expect(patched).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { role: 'admin', skills: [] } });
    expect((await team.send(`PATCH /v1/agents/${made.body.id}`, { role: 'admin' })).headers['etag']).toBe('"2"');
    const stale = await team.send(`PATCH /v1/agents/${made.body.id}`, { name: 'X' }, { 'if-match': '"1"' });
    expect(stale).toMatchObject({ status: 412, body: { current_version: 2, changed_fields: ['role', 'skills'] } });
    const gone = await team.send(`DELETE /v1/agents/${made.body.id}`);
    expect([gone.status, gone.headers['allow']]).toEqual([405, expect.stringContaining('PATCH')]);
  });

  it.each([
    [{ email: 'nobody' }, 'validation-failed', ['/email']],
    [{ skills: [{ key: 'french', level: 11 }] }, 'validation-failed', ['/skills/0/level']],
    [
      {
        skills: [
          { key: 'a', level: 1 },
          { key: 'a', level: 2 },
        ],
      },
      'validation-failed',
      ['/skills'],
    ],
    [{ group_ids: ['name:Nowhere'] }, 'unknown-group', ['/group_ids/0']],
    [{ default_group_id: 'name:Support' }, 'validation-failed', ['/default_group_id']],
    [{ time_zone: 'Lisbon time' }, 'validation-failed', ['/time_zone']],
    [{ version: 7 }, 'read-only', ['/version']],
    [{ password: 'x' }, 'unknown-field', ['/password']],
  ])('with %j is refused: %s', async (fields, code, pointers) => {
    const { status, body } = await team.send('POST /v1/agents', { email: 'x@acme.example', name: 'X', ...fields });
    expect([status, body['code'], (body['errors'] as { pointer: string }[]).map((one) => one.pointer)]).toEqual([
      422,
      code,
      pointers,
    ]);
  });

  it('has an address of its own, and is nobody’s of another account', async () => {
    const { id } = await team.anAgent('own');
    const { email } = (await team.send(`GET /v1/agents/${id}`)).body;
    const twice = await team.send('POST /v1/agents', { email, name: 'Twin' });
    expect(twice).toMatchObject({ status: 409, body: { code: 'name-taken', holder_id: id } });
    const theirs = { key: team.theirs };
    expect((await team.world.get(`/v1/agents/${id}`, theirs)).status).toBe(404);
    expect((await team.world.send(`PATCH /v1/agents/${id}`, { ...theirs, body: { name: 'X' } })).status).toBe(404);
    const body = { state: 'online' };
    expect((await team.world.send(`PUT /v1/agents/${id}/presence`, { ...theirs, body })).status).toBe(404);
    expect((await team.world.send('POST /v1/agents', { key: team.reader, body })).status).toBe(403);
  });

  it('that the file declares is changed there, but for what it has no words for, which survives a boot', async () => {
    const refused = await team.send(`PATCH /v1/agents/${ANA}`, { name: 'Anna', active: false });
    expect(refused).toMatchObject({ status: 409, body: { code: 'managed-by-configuration' } });
    expect(refused.body['errors']).toMatchObject([{ pointer: '/name' }, { pointer: '/active' }]);
    expect(refused.body['detail']).toContain('agents[0]');
    const left = await team.send(`PATCH /v1/agents/${ANA}`, { group_ids: [] });
    expect(left).toMatchObject({ status: 409, body: { code: 'managed-by-configuration' } });
    await team.send(`PATCH /v1/agents/${ANA}`, { skills: [{ key: 'lamps', level: 9 }], time_zone: 'Europe/Paris' });
    const mine = await team.anAgent('survivor');
    await team.boot();
    expect((await team.send(`GET /v1/agents/${ANA}`)).body).toMatchObject({
      managed_by: 'file',
      name: 'Ana',
      skills: [{ key: 'lamps', level: 9 }],
      time_zone: 'Europe/Paris',
    });
    expect((await team.send(`GET /v1/agents/${mine.id}`)).body).toEqual(mine);
  });
});

describe('presence', () => {
  it('is said for one kind of work or for all, which takes the place of the others', async () => {
    const { id, version } = await team.anAgent('there');
    const put = (body: object) => team.send(`PUT /v1/agents/${id}/presence`, body);
    expect((await put({ channel: 'voice', state: 'offline' })).body['presence']).toMatchObject([
      { channel: 'voice', state: 'offline' },
    ]);
    const all = await put({ state: 'online' });
    expect(all.body).toMatchObject({ version, presence: [{ channel: 'all', state: 'online' }] });
    // The same again is no change.
    expect((await put({ channel: 'all', state: 'online' })).body).toEqual(all.body);
    expect((await put({ channel: 'chat', state: 'online' })).status).toBe(422);
    expect((await put({})).body['code']).toBe('field-required');
  });

  it('63 wakes the cases that wait', async () => {
    const { database, application } = team.world;
    const ledger = application.get<LedgerDependencies>(LEDGER, { strict: false });
    const group = await team.aGroup('Woken', { strategy: 'round_robin' });
    const { id } = await team.anAgent('sleeper', [String(group['name'])]);
    await team.send(`PUT /v1/agents/${id}/presence`, { state: 'offline' });
    const made = await team.send('POST /v1/cases', {
      subject: 'Lamp',
      group_id: group.id,
      requester: { email: 'rita@example.org' },
    });
    expect(made.body).toMatchObject({ status: 'new', assignee_id: null });
    expect(await team.kindsOf(made.body.id)).toEqual(['created', 'assignment_deferred']);
    await team.send(`PUT /v1/agents/${id}/presence`, { state: 'online' });
    await answerWakes(ledger, await readWakes(database.pool, 1000), new AbortController().signal);
    expect(await team.caseOf(made.body.id)).toMatchObject({ status: 'open', assignee_id: id, version: 3 });
  });
});

describe('65 an agent who is deactivated', () => {
  it('leaves cases new in the same group, flags tasks, and what is resolved alone, in one transaction', async () => {
    const { id } = await team.anAgent('leaving');
    const open = await team.aCaseOf(id, SUPPORT);
    const held = await team.aCaseOf(id, SUPPORT, { category: 'on_hold' });
    const due = { dueOn: '2026-12-09', dueAt: '2026-12-09T12:00:00.000Z', dueTimeZone: 'Europe/Lisbon' };
    const task = await team.aCaseOf(id, SUPPORT, { type: 'task', ...due });
    const done = { category: 'resolved', resolvedAt: '2026-03-01T00:00:00.000Z', resolutionSource: 'agent' } as const;
    const resolved = await team.aCaseOf(id, SUPPORT, done);
    const left = await team.send(`PATCH /v1/agents/${id}`, { active: false });
    expect(left).toMatchObject({ status: 200, body: { active: false, released_cases: 2, flagged_tasks: 1 } });
    for (const { id: caseId } of [open, held]) {
      expect(await team.caseOf(caseId)).toMatchObject({ status: 'new', assignee_id: null, group_id: SUPPORT });
      expect(await team.kindsOf(caseId)).toEqual(['created', 'unassigned']);
    }
    expect(await team.caseOf(task.id)).toMatchObject({ assignee_id: id, status: 'open', tags: ['assignee_gone'] });
    expect(await team.caseOf(resolved.id)).toMatchObject({ assignee_id: id, status: 'resolved', version: 1 });
    const taken = await team.send(`POST /v1/cases/${task.id}/assign`, { assignee_id: ANA });
    expect(taken.body).toMatchObject({ assignee_id: ANA, tags: [] });
    const back = await team.send(`POST /v1/cases/${open.id}/assign`, { assignee_id: id });
    expect(back).toMatchObject({ status: 422, body: { code: 'agent-inactive' } });
  });

  it('gives them to whom the group chooses', async () => {
    const group = await team.aGroup('Round', { strategy: 'round_robin' });
    const [one, other] = [
      await team.anAgent('one', [String(group['name'])]),
      await team.anAgent('two', [String(group['name'])]),
    ];
    const state = await team.aCaseOf(one.id, group.id);
    await team.send(`PATCH /v1/agents/${one.id}`, { active: false });
    expect(await team.caseOf(state.id)).toMatchObject({ status: 'open', assignee_id: other.id });
    expect(await team.kindsOf(state.id)).toEqual(['created', 'unassigned', 'assigned']);
  });

  it('is given nothing by a process that has not heard of it yet', async () => {
    const ledger = team.world.application.get<LedgerDependencies>(LEDGER, { strict: false });
    const elsewhere = { ...ledger, directory: new AccountDirectory(60_000) };
    const { id } = await team.anAgent('unheard');
    const state = await team.aCaseOf(ANA, SUPPORT);
    expect((await elsewhere.directory.find(ledger.pool, OUR_ACCOUNT))?.agentsById.get(id)?.active).toBe(true);
    await team.send(`PATCH /v1/agents/${id}`, { active: false });
    const asker = { actor: { kind: 'app', id: newId() }, onBehalfOf: null, admin: false } as const;
    const assign = {
      command: 'assign',
      asker,
      expected: null,
      faults: [],
      group: null,
      target: { by: 'id', value: state.id },
      assignee: { by: 'id', value: id },
    } as const;
    const [settled] = await settle(elsewhere, [
      { accountId: OUR_ACCOUNT, inputs: [{ kind: 'command', command: assign }] },
    ]);
    const answer = settled?.known === true ? settled.answers.get(0) : undefined;
    expect(answer).toMatchObject({ outcome: 'refused', faults: [{ code: 'agent-inactive' }] });
  });

  it('is given nothing by whoever decides at the same moment', async () => {
    const ledger = team.world.application.get<LedgerDependencies>(LEDGER, { strict: false });
    const group = await team.aGroup('Racing', { strategy: 'round_robin' });
    const { id } = await team.anAgent('racer', [String(group['name'])]);
    await team.anAgent('stays', [String(group['name'])]);
    const { pool } = team.world.database;
    await pool.query('update account set default_group_id = $2 where id = $1', [OUR_ACCOUNT, group.id]);
    ledger.directory.invalidate(OUR_ACCOUNT);
    const arriving = Array.from({ length: 30 }, async (_, index) => {
      const interaction = aMail(
        { messageId: `race${index}@example.org`, from: `r${index}@example.org` },
        { accountId: OUR_ACCOUNT, endpoint: null },
      );
      const payload = Buffer.from(JSON.stringify(interaction));
      await settle(ledger, [{ accountId: OUR_ACCOUNT, inputs: [{ kind: 'interaction', interaction, payload }] }]);
    });
    const left = team.send(`PATCH /v1/agents/${id}`, { active: false });
    await Promise.all(arriving);
    expect((await left).status).toBe(200);
    await pool.query('update account set default_group_id = $2 where id = $1', [OUR_ACCOUNT, SUPPORT]);
    ledger.directory.invalidate(OUR_ACCOUNT);
    const { rows } = await pool.query<{ cases: number; theirs: number }>(
      `select count(*)::int as cases, count(*) filter (where assignee_id = $2)::int as theirs
       from cases where group_id = $1`,
      [group.id, id],
    );
    expect(rows).toEqual([{ cases: 30, theirs: 0 }]);
  });
});
