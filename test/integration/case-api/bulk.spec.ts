import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaseWriter, ANA, type CaseBody, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import type { Answer } from './world.js';

interface Result {
  readonly index: number;
  readonly status: number;
  readonly case?: CaseBody;
  readonly problem?: Problem;
}

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const bulk = (items: unknown, headers: Record<string, string> = {}) =>
  writer.send<{ results: readonly Result[] } & Problem>('POST /v1/cases/bulk', { items }, headers);
const ids = async (count: number): Promise<string[]> => {
  const made = await Promise.all(Array.from({ length: count }, () => writer.create()));
  return made.map(({ body }) => body.id);
};
const endsOf = ({ body }: Awaited<ReturnType<typeof bulk>>) =>
  body.results.map(({ status, case: state, problem }) => [
    status,
    state?.version ?? [problem?.code, ...(problem?.errors ?? []).map(({ pointer }) => pointer)],
  ]);
const versionsOf = async (...caseIds: string[]): Promise<number[]> => {
  const all = await Promise.all(caseIds.map((id) => writer.send(`GET /v1/cases/${id}`)));
  return all.map(({ body }) => body.version);
};
const rows = (text: string, values: unknown[] = []) => writer.world.database.pool.query<object>(text, values);

describe('70 many changes in one request', () => {
  it('are done in their order, and each ends by itself', async () => {
    const [one = '', two = '', three = ''] = await ids(3);
    const answer = await bulk([
      { op: 'update', id: one, if_match: 1, patch: { priority: 'high', comment: { body_text: 'A note.' } } },
      { op: 'assign', id: two, assignee_id: 'email:bo@acme.example' },
      { op: 'update', id: two, patch: { priority: 'huge', status: 'closed', colour: 'red' } },
      { op: 'delete', id: three },
      { op: 'update', id: three, patch: { priority: 'low' } },
      { op: 'restore', id: three, if_match: '*' },
      { op: 'update', id: one, if_match: [1, 2], patch: { priority: 'low' } },
      { op: 'assign', id: one, assignee_id: ANA, comment: { body_text: 'Yours.' } },
      { op: 'delete', id: 'number:999999' },
      { op: 'delete', id: 'lamp' },
      { op: 'assign', id: two, auto: true, colour: 'red' },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body.results.map(({ index }) => index)).toEqual(answer.body.results.map((_, index) => index));
    expect(endsOf(answer)).toEqual([
      [200, 3],
      [422, ['assignee-not-in-group', '/assignee_id']],
      [422, ['validation-failed', '/patch/colour', '/patch/status', '/patch/priority']].map((part) =>
        Array.isArray(part) ? expect.arrayContaining(part) : part,
      ),
      [200, 2],
      [409, ['case-deleted']],
      [200, 3],
      [412, ['version-mismatch']],
      [200, 5],
      [404, ['not-found']],
      [404, ['not-found']],
      [422, ['unknown-field', '/colour']],
    ]);
    expect(answer.body.results[6]?.problem).toMatchObject({
      current_version: 3,
      changed_fields: ['comments'],
    });
    expect(answer.body.results[7]?.case).toMatchObject({ status: 'open', assignee_id: ANA, comment_count: 2 });
    expect(await versionsOf(one, two, three)).toEqual([5, 1, 3]);
  });

  it('are refused as the single requests are', async () => {
    const made = await writer.create({ assignee_id: ANA });
    const patch = { status: 'resolved', subject: ' ', due_on: '2026-13-01' };
    const single = await writer.send<Problem>(`PATCH ${pathOf(made)}`, patch);
    const { body } = await bulk([{ op: 'update', id: made.body.id, patch }]);
    const parts = single.body.errors?.map((part) => ({ ...part, pointer: `/patch${part.pointer}` }));
    const { instance: _, request_id: __, ...same } = { ...single.body, errors: parts } as Record<string, unknown>;
    expect(body.results[0]).toMatchObject({ status: single.status, problem: same });
    expect(single.body.errors?.length).toBe(3);
  });

  it('are as many as there may be, and each can be read as one', async () => {
    const [id = ''] = await ids(1);
    const item = { op: 'update', id, patch: { priority: 'low' } };
    expect(codesOf(await bulk(Array.from({ length: 101 }, () => item)))).toEqual([
      422,
      'too-many-items',
      '/items too-many-items',
    ]);
    expect(codesOf(await bulk([]))).toEqual([422, 'validation-failed', '/items validation-failed']);
    expect(codesOf(await bulk(undefined))).toEqual([422, 'field-required', '/items field-required']);
    const broken = await bulk([item, 7, { op: 'close', id }, { ...item, colour: 1 }, { op: 'delete', if_match: 'x' }]);
    expect(codesOf(broken)).toEqual([
      422,
      'validation-failed',
      '/items/1 validation-failed',
      '/items/2/op validation-failed',
      '/items/3/colour unknown-field',
      '/items/4/id field-required',
      '/items/4/if_match validation-failed',
    ]);
    expect(await versionsOf(id)).toEqual([1]);
    const [hundred] = (await bulk(Array.from({ length: 100 }, () => item))).body.results.slice(-1);
    expect([hundred?.index, hundred?.status, hundred?.case?.version]).toEqual([99, 200, 2]);
    const readOnly = await writer.world.send('POST /v1/cases/bulk', { body: { items: [item] } });
    expect(readOnly).toMatchObject({ status: 403, body: { code: 'insufficient-scope' } });
  });
});

describe('70 a request that broke off in the middle', () => {
  const ANY = expect.any(String) as unknown;
  /** From here on the database fails whoever changes the case. */
  const breakAt = async (id: string): Promise<void> => {
    await rows(`create function break_off() returns trigger language plpgsql as
      $$ begin raise exception 'out of order' using errcode = 'XX000'; end $$`);
    await rows(`create trigger break_off before update on cases for each row when (old.id = '${id}')
      execute function break_off()`);
  };
  const mend = () => rows('drop function break_off cascade');

  it('does what is missing when it comes again, and nothing twice', async () => {
    const [one = '', two = '', three = ''] = await ids(3);
    const note = { comment: { body_text: 'Done once.' } };
    const items = [
      { op: 'update', id: one, patch: { priority: 'high', ...note } },
      { op: 'update', id: one, if_match: 1, patch: { priority: 'low' } },
      { op: 'delete', id: 'lamp' },
      { op: 'update', id: two, patch: { priority: 'high', ...note } },
      { op: 'update', id: three, patch: { priority: 'high', ...note } },
    ];
    const named = { 'idempotency-key': 'bulk-1' };
    await breakAt(two);
    expect((await bulk(items, named)).status).toBe(500);
    await mend();
    expect(await versionsOf(one, two, three)).toEqual([3, 1, 1]);
    // Somebody else goes on with the first case meanwhile: the result of before stays the result.
    await writer.send(`PATCH /v1/cases/${one}`, { priority: 'urgent' });
    const another = await bulk(items.slice(0, 1), named);
    expect([another.status, another.body.code]).toEqual([422, 'idempotency-key-reused']);
    const again = await bulk(items, named);
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([200, undefined]);
    expect(endsOf(again)).toEqual([
      [200, 3],
      [412, ['version-mismatch']],
      [404, ['not-found']],
      [200, 3],
      [200, 3],
    ]);
    expect(await versionsOf(one, two, three)).toEqual([4, 3, 3]);
    const replayed = await bulk(items, named);
    expect([replayed.body, replayed.headers['idempotency-replayed']]).toEqual([again.body, 'true']);
    expect(again.body.results[0]?.case).toMatchObject({ id: one, updated_at: ANY });
  });

  it('is done once when it comes twice at the same time', async () => {
    const made = await ids(20);
    const items = made.map((id) => ({ op: 'update', id, patch: { comment: { body_text: 'Once.' } } }));
    const named = { 'idempotency-key': 'bulk-2' };
    const answers: Answer<object>[] = await Promise.all([bulk(items, named), bulk(items, named), bulk(items, named)]);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const last = await bulk(items, named);
    expect(endsOf(last)).toEqual(items.map(() => [200, 2]));
    expect(await versionsOf(...made)).toEqual(made.map(() => 2));
  });
});
