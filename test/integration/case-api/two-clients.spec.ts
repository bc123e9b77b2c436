import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiKey, dial, PATIENCE_MS, waitUntil } from '#libs/testing';
import { aCaseWriter, ANA, type CaseBody, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { OUR_ACCOUNT } from './identities.js';
import type { World } from './world.js';

let writer: CaseWriter;
let world: World;
beforeAll(async () => {
  writer = await aCaseWriter();
  ({ world } = writer);
});
afterAll(() => world.close());

const count = async (table: 'comment' | 'case_event', caseId: string): Promise<number> => {
  const text = `select count(*)::int as n from ${table} where case_id = $1`;
  return (await world.database.pool.query<{ n: number }>(text, [caseId])).rows[0]?.n ?? 0;
};

describe('an answer that is lost', () => {
  /** Asks over a connection of its own, which is cut once the change is committed and before anything is read. */
  async function askAndCut(path: string, headers: Record<string, string>, body: string): Promise<void> {
    const socket = await dial(Number(new URL(await world.application.getUrl()).port));
    socket.pause();
    const lines = Object.entries({ host: 'localhost', 'content-length': String(body.length), ...headers });
    socket.write(`POST ${path} HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n${body}`);
    const caseId = path.split('/')[3] ?? '';
    await waitUntil(
      async () => (await count('comment', caseId)) > 0,
      PATIENCE_MS,
      () => 'nothing is written',
      2,
    );
    socket.resetAndDestroy();
  }

  it('F13 is given again to whoever repeats the request with its key: one comment, one event', async () => {
    const scopes = ['cases:write'];
    const key = await createApiKey(world.database.pool, { accountId: OUR_ACCOUNT, name: 'shop', scopes });
    const made = await writer.create();
    const path = `${pathOf(made)}/comments`;
    const said = { body_text: 'A new one is on its way.', public: true };
    const headers = { 'idempotency-key': '"c-77"' };
    const whole = { ...headers, authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    await askAndCut(path, whole, JSON.stringify(said));

    const again = () => world.send<CaseBody & Problem>(`POST ${path}`, { key, headers, body: said });
    const repeats = [await again(), ...(await Promise.all([again(), again()]))];
    const { rows } = await world.database.pool.query('select id from comment where case_id = $1', [made.body.id]);
    for (const { status, headers: got, body } of repeats) {
      expect(status === 409 ? body.code : [status, got['idempotency-replayed'], body.id]).toEqual(
        status === 409 ? 'idempotency-in-progress' : [201, 'true', (rows[0] as { id: string }).id],
      );
    }
    expect(repeats[0]?.status).toBe(201);
    expect([rows.length, await count('case_event', made.body.id)]).toEqual([1, 2]);
    const different = await world.send<Problem>(`POST ${path}`, {
      key,
      headers,
      body: { body_text: 'Something else.' },
    });
    expect(codesOf(different)).toEqual([422, 'idempotency-key-reused']);
  });
});

describe('two people with one case', () => {
  it('F19 both are heard when they change different things, and who names a stale version is told what changed', async () => {
    const made = await writer.create({ assignee_id: ANA });
    const path = pathOf(made);
    const listed = await writer.send<{ data: CaseBody[] }>('GET /v1/cases?limit=50');
    const inList = listed.body.data.find(({ id }) => id === made.body.id);
    const detail = await writer.send(`GET ${path}`);
    expect([inList?.version, detail.body.version, detail.headers['etag']]).toEqual([1, 1, '"1"']);

    const priority = (value: string, headers = {}) => writer.send(`PATCH ${path}`, { priority: value }, headers);
    const group = (value: string, headers = {}) =>
      writer.send(`PATCH ${path}`, { group_id: `name:${value}`, assignee_id: null }, headers);
    const both = await Promise.all([priority('high'), group('Sales')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const after = await writer.send(`GET ${path}`);
    expect(after.body).toMatchObject({ priority: 'high', group: { name: 'Sales' }, version: 3 });

    const ifMatch = { 'if-match': String(after.headers['etag']) };
    expect((await priority('low', ifMatch)).status).toBe(200);
    const late = await group('Support', ifMatch);
    expect(codesOf(late)).toEqual([412, 'version-mismatch']);
    expect(late.body).toMatchObject({ current_version: 4, changed_fields: ['priority'] });
    expect((await writer.send(`GET ${path}`)).body).toMatchObject({ priority: 'low', group: { name: 'Sales' } });
  });
});
