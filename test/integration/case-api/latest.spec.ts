import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaseWriter, ANA, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';

type Body = Readonly<Record<string, unknown>> & Problem;

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const latest = (query: string) => writer.send<Body>(`GET /v1/cases/latest?${query}`);
const seen = async (query: string) => {
  const { status, body } = await latest(query);
  return [status, body['id'] ?? body.code, body['ambiguous']];
};

describe('GET /v1/cases/latest', () => {
  it('is the newest of a person, of the state that is asked for', async () => {
    const requester = { email: 'rita@example.org' };
    const [first, second] = [await writer.create({ requester }), await writer.create({ requester })];
    await writer.create();
    const done = { resolution: 'Done.', assignee_id: ANA };
    await writer.send(`PATCH ${pathOf(second)}`, { status: 'resolved', ...done });
    const contact = first.body.requester.id;
    expect(await seen('email=Rita@Example.org')).toEqual([200, second.body.id, false]);
    expect(await seen(`contact_id=${contact}&state=unresolved`)).toEqual([200, first.body.id, false]);
    expect(await seen(`contact_id=email:rita@example.org&state=resolved`)).toEqual([200, second.body.id, false]);
    await writer.send(`DELETE ${pathOf(first)}`);
    expect(await seen(`contact_id=${contact}&state=unresolved`)).toEqual([404, 'not-found', undefined]);
    expect((await latest('email=rita@example.org')).body).toMatchObject({ measures: {}, requester: { id: contact } });
  });

  it('takes all holders of a shared number, and says so; a name of nobody is 404', async () => {
    const [one, other] = [await writer.create(), await writer.create()];
    const { pool } = writer.world.database;
    for (const { body } of [one, other]) {
      await pool.query(
        `insert into contact_identity (account_id, kind, value, contact_id, value_raw, is_shared, first_seen)
         select account_id, 'phone', '+351210000000', id, '+351210000000', true, now() from contact where id = $1`,
        [body.requester.id],
      );
    }
    expect(await seen('phone=%2B351210000000')).toEqual([200, other.body.id, true]);
    expect(await seen('phone=+351210000000')).toEqual([200, other.body.id, true]);
    await pool.query(
      `insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
       select account_id, 'external', 'hubspot:7', id, '7', now() from contact where id = $1`,
      [one.body.requester.id],
    );
    expect(await seen('external=hubspot:7')).toEqual([200, one.body.id, false]);
    expect(await seen('external=hubspot:8')).toEqual([404, 'not-found', undefined]);
    expect(await seen('email=nobody@example.org')).toEqual([404, 'not-found', undefined]);
    const theirs = await writer.world.get<Body>('/v1/cases/latest?external=hubspot:7', { key: writer.world.theirs });
    expect(theirs.status).toBe(404);
  });

  it('of an agent is found by her address', async () => {
    const mine = await writer.create({ requester: { agent_id: ANA } });
    expect(await seen('email=ana@acme.example')).toEqual([200, mine.body.id, false]);
  });

  it.each([
    ['', ['/query/contact_id']],
    ['email=a@example.org&phone=%2B351210000000', ['/query/contact_id']],
    ['phone=112', ['/query/phone']],
    ['email=rita&state=late&colour=red', ['/query/colour', '/query/email', '/query/state']],
  ])('refuses "%s"', async (query, pointers) => {
    const [status, , ...faults] = codesOf(await latest(query));
    expect([status, faults.map((fault) => String(fault).split(' ')[0]).sort()]).toEqual([422, pointers]);
  });
});

describe('the relatives of a case', () => {
  it('are its incidents and its subcases, page by page', async () => {
    const problem = await writer.create({ type: 'problem' });
    const incidents = [1, 2, 3].map(() => writer.create({ type: 'incident', problem_id: problem.body.id }));
    const ids = (await Promise.all(incidents)).map(({ body }) => body.id);
    const part = await writer.create({ parent_id: problem.body.id });
    const list = (path: string) =>
      writer.send<{ data: { id: string }[]; page: { next_cursor: string | null } } & Problem>(`GET ${path}`);
    const first = await list(`/v1/cases/number:${problem.body.number}/incidents?limit=2`);
    const next = await list(`${pathOf(problem)}/incidents?limit=2&cursor=${first.body.page.next_cursor}`);
    const found = [...first.body.data, ...next.body.data].map(({ id }) => id);
    expect([first.body.data.length, found.sort()]).toEqual([2, ids.sort()]);
    expect((await list(`${pathOf(problem)}/subcases`)).body.data.map(({ id }) => id)).toEqual([part.body.id]);
    const foreign = await list(`${pathOf(problem)}/subcases?cursor=${first.body.page.next_cursor}`);
    expect(foreign.status).toBe(400);
    expect((await list('/v1/cases/number:999999/incidents')).status).toBe(404);
  });
});
