import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiKey } from '#libs/testing';
import { aCaseWriter, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { OUR_ACCOUNT } from './identities.js';
import { storeCase } from './world.js';

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const hold = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
  writer.send<Problem & { version: number; legal_hold: boolean }>(
    `POST ${path}/legal-hold`,
    { on: true, reason: 'A dispute.', ...body },
    headers,
  );

describe('a legal hold', () => {
  it('keeps a case in the trash from being purged until it ends', async () => {
    const path = pathOf(await writer.create());
    await writer.send(`DELETE ${path}`);
    const held = await hold(path, {}, { 'if-match': '"2"' });
    expect([held.status, held.body.version, held.body.legal_hold, held.headers['etag']]).toEqual([200, 3, true, '"3"']);
    expect(codesOf(await writer.send<Problem>(`DELETE ${path}?permanent=true`))).toEqual([409, 'legal-hold']);
    expect((await hold(path)).body.version).toBe(3);
    const late = await hold(path, { on: false }, { 'if-match': '"2"' });
    expect([late.status, late.body.changed_fields]).toEqual([412, ['legal_hold']]);
    expect((await hold(path, { on: false, reason: 'It is over.' })).body).toMatchObject({
      ...{ version: 4, legal_hold: false },
    });
    expect((await writer.send(`DELETE ${path}?permanent=true`)).status).toBe(204);
  });

  it('keeps a case out of the trash, by itself and with others', async () => {
    const path = pathOf(await writer.create());
    expect((await hold(path)).status).toBe(200);
    expect(codesOf(await writer.send<Problem>(`DELETE ${path}`))).toEqual([409, 'legal-hold']);
    const items = [{ op: 'delete', id: path.split('/').at(-1) }];
    const { body } = await writer.send<{ results: object[] }>('POST /v1/cases/bulk', { items });
    expect(body.results).toMatchObject([{ index: 0, status: 409, problem: { code: 'legal-hold' } }]);
    await hold(path, { on: false });
    expect((await writer.send(`DELETE ${path}`)).status).toBe(200);
  });

  it('12 is taken by a closed case, of which nothing else changes, and its history goes on without a gap', async () => {
    const state = await storeCase(writer.world, {
      number: '900002',
      ...{ category: 'resolved', resolvedAt: '2026-03-01T12:00:00.000Z', resolutionSource: 'automation' },
      ...{ closedAt: '2026-03-06T12:00:00.000Z', closedReason: 'auto_close' },
    });
    const { pool } = writer.world.database;
    const rowOf = async () => {
      const { rows } = await pool.query<object>(
        `select to_jsonb(c) - 'version' - 'updated_at' as row, version from cases c where id = $1`,
        [state.id],
      );
      return rows[0] as { row: object; version: number };
    };
    const before = await rowOf();
    const path = `/v1/cases/${state.id}`;
    expect((await hold(path)).body).toMatchObject({ status: 'closed', legal_hold: true, version: 2 });
    expect(await rowOf()).toEqual({ row: before.row, version: 2 });
    const { body } = await writer.send<{ data: object[] }>(`GET ${path}/events`);
    expect(body.data.at(-1)).toMatchObject({
      ...{ seq: 2, kind: 'legal_hold_changed', actor: { kind: 'app' } },
      details: { on: true, reason: 'A dispute.' },
      changes: expect.arrayContaining([{ field: 'legal_hold', from: false, to: true }]),
    });
    const said = await hold(path, { on: false, comment: { body_text: 'Over.' } });
    expect(codesOf(said)).toEqual([409, 'case-closed']);
    expect(await rowOf()).toEqual({ row: before.row, version: 2 });
  });

  it('needs a reason and an administrator', async () => {
    const path = pathOf(await writer.create());
    expect(codesOf(await hold(path, { reason: undefined }))).toEqual([422, 'field-required', '/reason field-required']);
    expect(codesOf(await hold(path, { reason: ' ' }))).toEqual([422, 'validation-failed', '/reason validation-failed']);
    const { pool } = writer.world.database;
    const key = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'plain', scopes: ['cases:write'] });
    const plain = await writer.world.send<Problem>(`POST ${path}/legal-hold`, { key, body: { on: true, reason: 'x' } });
    expect(codesOf(plain)).toEqual([403, 'insufficient-scope']);
    expect((await writer.send<{ legal_hold: boolean }>(`GET ${path}`)).body.legal_hold).toBe(false);
  });
});
