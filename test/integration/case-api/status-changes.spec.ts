import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/interaction';
import { defaultStatusOf, OUR_ACCOUNT } from './identities.js';
import { aWorldOfStatuses } from './statuses.js';

let statuses: Awaited<ReturnType<typeof aWorldOfStatuses>>;
beforeAll(async () => {
  statuses = await aWorldOfStatuses();
});
beforeEach(() => statuses.beginAnew());
afterAll(() => statuses.world.close());

describe('a change of a status', () => {
  it('is a version more, and one that changes nothing is none', async () => {
    const { body } = await statuses.create();
    const changed = await statuses.patch('key:with_the_lab', { agent_label: 'In the lab', position: body['position'] });
    expect(changed).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { ...body, agent_label: 'In the lab', version: 2, updated_at: expect.anything() },
    });
    expect(await statuses.patch(body.id, { agent_label: 'In the lab' })).toMatchObject({ headers: { etag: '"2"' } });
    expect(await statuses.patch(body.id, {})).toMatchObject({ status: 200, body: changed.body });
    const type = { 'content-type': 'application/merge-patch+json' };
    expect((await statuses.patch(body.id, { position: 9 }, type)).body.version).toBe(3);
    expect(await statuses.patch(body.id, { position: 9 }, { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
      headers: { 'accept-patch': 'application/merge-patch+json, application/json' },
    });
  });

  it('is for the version that was seen', async () => {
    const { body } = await statuses.create();
    await statuses.patch(body.id, { agent_label: 'In the lab' });
    await statuses.patch(body.id, { position: 9 });
    for (const ifMatch of ['"1"', '"1", "2"', 'W/"3"', '"x"']) {
      expect(await statuses.patch(body.id, { agent_label: 7 }, { 'if-match': ifMatch })).toMatchObject({
        status: 412,
        body: { code: 'version-mismatch', current_version: 3 },
      });
    }
    const since = async (ifMatch: string) =>
      (await statuses.patch(body.id, { position: 1 }, { 'if-match': ifMatch })).body['changed_fields'];
    expect([await since('"1"'), await since('"2"')]).toEqual([
      ['position', 'agent_label'].sort().reverse(),
      ['position'],
    ]);
    expect((await statuses.patch(body.id, { position: 1 }, { 'if-match': '"7", "3"' })).status).toBe(200);
    expect((await statuses.patch(body.id, { position: 2 }, { 'if-match': '*' })).status).toBe(200);
    expect((await statuses.patch(body.id, { position: 2 }, { 'if-match': '5' })).status).toBe(400);
    expect((await statuses.send(`DELETE /v1/statuses/${body.id}`, undefined, { 'if-match': '"4"' })).status).toBe(412);
    expect((await statuses.patch(newId(), { position: 2 }, { 'if-match': '"1"' })).status).toBe(404);
  });

  it('may have to name the version', async () => {
    const { pool, directory } = statuses;
    await pool.query('update account set require_if_match = true where id = $1', [OUR_ACCOUNT]);
    directory.invalidate(OUR_ACCOUNT);
    expect(await statuses.patch('key:open', { position: 3 })).toMatchObject({
      status: 428,
      body: { code: 'precondition-required' },
    });
    expect((await statuses.create()).status).toBe(201);
    await pool.query('update account set require_if_match = false where id = $1', [OUR_ACCOUNT]);
    directory.invalidate(OUR_ACCOUNT);
  });

  it.each([
    [{ key: 'x' }, 'read-only', '/key'],
    [{ category: 'open' }, 'read-only', '/category'],
    [{ is_default: false }, 'validation-failed', '/is_default'],
    [{ is_default: true, active: false }, 'validation-failed', '/is_default'],
    [{ replacement_id: 'key:pending' }, 'validation-failed', '/replacement_id'],
    [{ active: false, replacement_id: 'key:pending' }, 'status-not-available', '/replacement_id'],
    [{ active: false, replacement_id: 'key:open' }, 'status-not-available', '/replacement_id'],
    [{ active: false, replacement_id: 'open' }, 'validation-failed', '/replacement_id'],
  ])('%j is refused: %s', async (fields, code, pointer) => {
    const { status, body } = await statuses.patch('key:open', fields);
    expect([status, body['errors']]).toEqual([
      422,
      expect.arrayContaining([expect.objectContaining({ code, pointer })]),
    ]);
  });
});

describe('a status that is used', () => {
  it('stays active while it is the default or cases have it that are not closed', async () => {
    expect(await statuses.patch('key:open', { active: false })).toMatchObject({
      status: 409,
      body: { code: 'in-use' },
    });
    const { body } = await statuses.create();
    await statuses.caseIn(body.id);
    expect(await statuses.patch(body.id, { active: false })).toMatchObject({ status: 409, body: { code: 'in-use' } });
    await statuses.pool.query('delete from cases');
    expect(await statuses.patch(body.id, { active: false })).toMatchObject({ status: 200, body: { active: false } });
    expect(await statuses.patch(body.id, { is_default: true, active: true })).toMatchObject({
      status: 200,
      body: { is_default: true },
    });
    expect((await statuses.patch('key:on_hold', { active: false })).status).toBe(200);
  });

  it('gives its cases to another one before it goes, in one transaction', async () => {
    const { pool } = statuses;
    const { body } = await statuses.create();
    const live = [await statuses.caseIn(body.id), await statuses.caseIn(body.id)];
    const trashed = await statuses.caseIn(body.id, { deletedAt: '2026-03-01T12:00:00.000Z' });
    const statusOf = async ({ id }: { id: string }): Promise<unknown> => {
      const { rows } = await pool.query<object>('select status_id, version from cases where id = $1', [id]);
      return rows;
    };
    const headers = { 'idempotency-key': newId() };
    const wanted = { active: false, replacement_id: 'key:on_hold' };
    expect(await statuses.patch(body.id, { ...wanted, agent_label: 7 })).toMatchObject({ status: 422 });
    expect(await statuses.patch(body.id, wanted, { 'if-match': '"9"' })).toMatchObject({ status: 412 });
    expect((await statuses.patch('key:nothing', wanted)).status).toBe(404);
    expect(await statusOf(live[0] ?? trashed)).toEqual([{ status_id: body.id, version: 1 }]);
    const gone = await statuses.patch(body.id, wanted, headers);
    expect(gone).toMatchObject({ status: 200, body: { active: false, version: 2 } });
    for (const one of live) {
      expect(await statusOf(one)).toEqual([{ status_id: defaultStatusOf(OUR_ACCOUNT, 'on_hold'), version: 2 }]);
    }
    expect(await statusOf(trashed)).toEqual([{ status_id: body.id, version: 1 }]);
    const { rows } = await pool.query('select kind, actor from case_event where seq = 2');
    expect(rows).toEqual(live.map(() => ({ kind: 'status_changed', actor: { kind: 'app', id: expect.any(String) } })));
    expect((await statuses.patch(body.id, wanted, headers)).headers['idempotency-replayed']).toBe('true');
  });

  it('is never deleted, not even when only the history knows it', async () => {
    expect((await statuses.send('DELETE /v1/statuses/key:open')).status).toBe(409);
    const { body } = await statuses.create();
    const { id } = await statuses.caseIn(body.id);
    expect(await statuses.send(`DELETE /v1/statuses/${body.id}`)).toMatchObject({
      status: 409,
      body: { code: 'in-use' },
    });
    const { pool } = statuses;
    await pool.query('update cases set status_id = $2 where id = $1', [id, defaultStatusOf(OUR_ACCOUNT, 'open')]);
    expect((await statuses.send(`DELETE /v1/statuses/${body.id}`)).status).toBe(204);
    const again = await statuses.create();
    await pool.query(`update case_event set recorded_at = now() + interval '1 second', changes = $1`, [
      JSON.stringify([{ field: 'status_id', from: null, to: again.body.id }]),
    ]);
    expect(await statuses.send(`DELETE /v1/statuses/${again.body.id}`)).toMatchObject({
      status: 409,
      body: { code: 'in-use' },
    });
  });

  it('that nothing ever used is gone, and a repetition says so as well', async () => {
    const { body } = await statuses.create();
    const headers = { 'idempotency-key': newId() };
    const gone = await statuses.send(`DELETE /v1/statuses/${body.id}`, undefined, headers);
    expect([gone.status, gone.body]).toEqual([204, {}]);
    const again = await statuses.send(`DELETE /v1/statuses/${body.id}`, undefined, headers);
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([204, 'true']);
    expect((await statuses.send(`DELETE /v1/statuses/${body.id}`)).status).toBe(404);
  });
});
