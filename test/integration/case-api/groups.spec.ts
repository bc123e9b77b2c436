import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANA, aTeam, SUPPORT, type Team } from './team.js';

let team: Team;
beforeAll(async () => {
  team = await aTeam();
});
afterAll(() => team.world.close());

describe('a group', () => {
  it('is made, read by id and name, changed, and has a name of its own', async () => {
    const fields = {
      name: 'Sales',
      strategy: 'skills',
      capacity_per_agent: 5,
      required_skills: [{ key: 'french', min_level: 3 }],
      reopen_policy: 'window',
      reopen_window_days: 14,
      keep_owner_on_reopen: false,
      signature_text: 'Acme',
      signature_html: '<p onclick="x()">Acme</p><script>x()</script>',
    };
    const made = await team.send('POST /v1/groups', fields);
    expect(made).toMatchObject({
      status: 201,
      headers: { etag: '"1"', location: `/v1/groups/${made.body.id}` },
      body: {
        ...fields,
        required_skills: [{ key: 'french', min_level: 3, weight: 1 }],
        signature_html: expect.not.stringMatching(/script|onclick/),
        members: [],
        active: true,
        managed_by: 'api',
      },
    });
    expect((await team.send('GET /v1/groups/name:Sales')).body).toEqual(made.body);
    const known = await team.send(`GET /v1/groups/${made.body.id}`, undefined, { 'if-none-match': '"1"' });
    expect(known.status).toBe(304);
    const patched = await team.send(`PATCH /v1/groups/name:Sales`, { capacity_per_agent: null });
    expect(patched).toMatchObject({ status: 200, body: { capacity_per_agent: null, version: 2 } });
    expect(await team.send('POST /v1/groups', { name: 'Sales' })).toMatchObject({
      status: 409,
      body: { code: 'name-taken', holder_id: made.body.id },
    });
    const list = await team.world.get<{ data: { name: string }[] }>('/v1/groups', { key: team.reader });
    expect(list.body.data.map(({ name }) => name)).toEqual(['Sales', 'Support']);
    expect((await team.world.get('/v1/groups/name:Sales', { key: team.theirs })).status).toBe(404);
  });

  it.each([
    [{ strategy: 'best' }, 'validation-failed', ['/strategy']],
    [{ capacity_per_agent: 0 }, 'validation-failed', ['/capacity_per_agent']],
    [{ required_skills: [{ key: 'a' }, { key: 'a' }] }, 'validation-failed', ['/required_skills']],
    [{ reopen_policy: 'window' }, 'field-required', ['/reopen_window_days']],
    [{ replacement_group_id: 'name:Support' }, 'unknown-field', ['/replacement_group_id']],
    [{ members: [] }, 'read-only', ['/members']],
  ])('with %j is refused: %s', async (fields, code, pointers) => {
    const { status, body } = await team.send('POST /v1/groups', { name: 'X', ...fields });
    expect([status, body['code'], (body['errors'] as { pointer: string }[]).map((one) => one.pointer)]).toEqual([
      422,
      code,
      pointers,
    ]);
  });

  it('that the file declares is changed there, but for what it has no words for', async () => {
    const refused = await team.send(`PATCH /v1/groups/${SUPPORT}`, { strategy: 'round_robin' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'managed-by-configuration' } });
    expect(refused.body['detail']).toContain('groups[0]');
    expect((await team.send(`PATCH /v1/groups/${SUPPORT}`, { signature_text: 'Bye' })).status).toBe(200);
    await team.boot();
    expect((await team.send(`GET /v1/groups/${SUPPORT}`)).body).toMatchObject({ signature_text: 'Bye', active: true });
  });
});

describe('members', () => {
  it('come, are given room and a place, and go, and their cases with them', async () => {
    const group = await team.aGroup('Members');
    const agent = await team.anAgent('member');
    const path = `/v1/groups/${group.id}/members/${agent.id}`;
    const put = await team.send(`PUT ${path}`, { capacity: 3 });
    expect(put).toMatchObject({
      status: 200,
      body: { version: 2, members: [{ agent_id: agent.id, capacity: 3, position: 0, managed_by: 'api' }] },
    });
    expect((await team.send(`PUT ${path}`, {})).body.version).toBe(2);
    expect((await team.send(`PUT ${path}`, { position: 4, capacity: null })).body['members']).toMatchObject([
      { capacity: null, position: 4 },
    ]);
    expect((await team.send(`GET /v1/agents/${agent.id}`)).body['group_ids']).toContain(group.id);
    const state = await team.aCaseOf(agent.id, group.id);
    expect((await team.send(`DELETE ${path}`)).status).toBe(204);
    expect(await team.caseOf(state.id)).toMatchObject({ status: 'new', assignee_id: null, group_id: group.id });
    expect((await team.send(`DELETE ${path}`)).status).toBe(404);
    expect((await team.send(`PUT /v1/groups/${group.id}/members/email:x@acme.example`, {})).status).toBe(404);
  });

  it('60 alone can be given cases of the group', async () => {
    const group = await team.aGroup('Closed');
    const agent = await team.anAgent('stranger');
    const state = await team.aCaseOf(ANA, SUPPORT);
    const given = await team.send(`POST /v1/cases/${state.id}/assign`, { assignee_id: agent.id, group_id: group.id });
    expect(given).toMatchObject({ status: 422, body: { code: 'assignee-not-in-group' } });
    await team.send(`PUT /v1/groups/${group.id}/members/${agent.id}`, {});
    const again = await team.send(`POST /v1/cases/${state.id}/assign`, { assignee_id: agent.id, group_id: group.id });
    expect(again).toMatchObject({ status: 200, body: { assignee_id: agent.id, group_id: group.id } });
  });

  it('whom the file names stay', async () => {
    expect(await team.send(`DELETE /v1/groups/${SUPPORT}/members/${ANA}`)).toMatchObject({
      status: 409,
      body: { code: 'managed-by-configuration' },
    });
  });
});

describe('a group that is not to be used any more', () => {
  it('hands its cases and addresses to the one that takes over', async () => {
    const [old, next] = [await team.aGroup('Old'), await team.aGroup('Next')];
    const [both, one] = [await team.anAgent('both'), await team.anAgent('one')];
    for (const [group, agent] of [
      [old, both],
      [old, one],
      [next, both],
    ] as const) {
      await team.send(`PUT /v1/groups/${group.id}/members/${agent.id}`, {});
    }
    const [kept, lost] = [await team.aCaseOf(both.id, old.id), await team.aCaseOf(one.id, old.id)];
    const body = { kind: 'api', address: 'shop', group_id: old.id };
    const endpoint = (await team.send('POST /v1/endpoints', body)).body;
    const refused = await team.send(`PATCH /v1/groups/${old.id}`, { active: false });
    expect(refused).toMatchObject({ status: 409, body: { code: 'in-use' } });
    const gone = await team.send(`PATCH /v1/groups/${old.id}`, { active: false, replacement_group_id: next.id });
    expect(gone).toMatchObject({ status: 200, body: { active: false, released_cases: 2 } });
    expect(await team.caseOf(kept.id)).toMatchObject({ group_id: next.id, assignee_id: both.id, status: 'open' });
    expect(await team.caseOf(lost.id)).toMatchObject({ group_id: next.id, assignee_id: null, status: 'new' });
    expect((await team.send(`GET /v1/endpoints/${endpoint.id}`)).body['group_id']).toBe(next.id);
    const back = await team.send(`POST /v1/cases/${kept.id}/assign`, { assignee_id: both.id, group_id: old.id });
    expect(back).toMatchObject({ status: 422, body: { code: 'unknown-group' } });
  });

  it('is not the default one, and takes no group that is not used as its replacement', async () => {
    const group = await team.aGroup('Default');
    await team.world.database.pool.query('update account set default_group_id = $1', [group.id]);
    const refused = await team.send(`PATCH /v1/groups/${group.id}`, { active: false, replacement_group_id: SUPPORT });
    expect(refused).toMatchObject({ status: 409, body: { code: 'in-use' } });
    await team.world.database.pool.query('update account set default_group_id = $1', [SUPPORT]);
    const own = await team.send(`PATCH /v1/groups/${group.id}`, { active: false, replacement_group_id: group.id });
    expect(own).toMatchObject({ status: 422, body: { code: 'unknown-group' } });
    expect((await team.send(`PATCH /v1/groups/${group.id}`, { active: false })).status).toBe(200);
  });
});

describe('an address', () => {
  it('is spelled as interactions spell it, there once, and leads to a group', async () => {
    const body = {
      kind: 'phone_number',
      address: '210 000 001',
      group_id: 'name:Support',
      auto_create: ['call_missed'],
    };
    const made = await team.send('POST /v1/endpoints', body);
    expect(made).toMatchObject({
      status: 201,
      body: { address: '+351210000001', group_id: SUPPORT, auto_create: ['call_missed'], managed_by: 'api' },
    });
    expect(await team.send('POST /v1/endpoints', { ...body, address: '+351 210000001' })).toMatchObject({
      status: 409,
      body: { code: 'name-taken', holder_id: made.body.id },
    });
    const patched = await team.send(`PATCH /v1/endpoints/${made.body.id}`, {
      auto_create: null,
      default_priority: 'high',
    });
    expect(patched).toMatchObject({ status: 200, body: { auto_create: null, default_priority: 'high', version: 2 } });
    const fixed = await team.send(`PATCH /v1/endpoints/${made.body.id}`, { address: '1' });
    expect(fixed).toMatchObject({ status: 422, body: { code: 'read-only' } });
    await team.boot();
    expect((await team.send(`GET /v1/endpoints/${made.body.id}`)).body).toEqual(patched.body);
    const bad = await team.send('POST /v1/endpoints', { kind: 'mailbox', address: 'nobody', group_id: 'name:Nowhere' });
    expect([bad.status, bad.body['code']]).toEqual([422, 'validation-failed']);
  });

  it('that the file declares is changed there', async () => {
    const { data } = (await team.send('GET /v1/endpoints?kind=mailbox')).body as unknown as { data: { id: string }[] };
    const refused = await team.send(`PATCH /v1/endpoints/${data[0]?.id ?? ''}`, { active: false });
    expect(refused).toMatchObject({ status: 409, body: { code: 'managed-by-configuration' } });
    expect(refused.body['detail']).toContain('mailboxes');
  });
});
