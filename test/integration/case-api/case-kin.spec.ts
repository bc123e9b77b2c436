import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaseWriter, ANA, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';

type Body = Readonly<Record<string, unknown>>;

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const send = <Of = Body>(line: string, body?: unknown) => writer.send<Of>(line, body);
const listed = async (query: string): Promise<unknown[]> => {
  const { body } = await send<{ data: { id: string }[] }>(`GET /v1/cases?${query}`);
  return body.data.map(({ id }) => id);
};

describe('problems and incidents', () => {
  it('22 and 24 go together: an incident names its problem, and is resolved with it', async () => {
    expect(codesOf(await writer.create({ type: 'incident' }))).toEqual([
      422,
      'problem-required',
      '/problem_id problem-required',
    ]);
    const problem = await writer.create({ type: 'problem', assignee_id: ANA, subject: 'The shop is down' });
    const incident = await writer.create({ type: 'incident', problem_id: `number:${problem.body.number}` });
    const { body } = await send(`GET ${pathOf(incident)}`);
    expect(body).toMatchObject({
      problem_id: problem.body.id,
      problem: { id: problem.body.id, number: problem.body.number, subject: 'The shop is down', status: 'open' },
      parent: null,
    });
    expect(await listed(`problem_id=${problem.body.id}`)).toEqual([incident.body.id]);
    expect(codesOf(await send<Problem>(`DELETE ${pathOf(problem)}`))).toEqual([409, 'problem-has-incidents']);
    await send(`POST ${pathOf(problem)}/resolve`, { resolution: 'It is up again.' });
    expect((await send(`GET ${pathOf(incident)}`)).body).toMatchObject({
      status: 'resolved',
      resolution: 'It is up again.',
      resolution_source: 'problem_cascade',
    });
  });
});

describe('tasks', () => {
  it('19 are due at noon where the account is, and late after it', async () => {
    const task = await writer.create({ type: 'task', assignee_id: ANA, due_on: '2026-03-29' });
    expect(task.body).toMatchObject({
      due_on: '2026-03-29',
      due_at: '2026-03-29T11:00:00.000Z',
      due_time_zone: 'Europe/Lisbon',
      overdue: true,
    });
    expect(codesOf(await send<Problem>(`POST ${pathOf(task)}/unassign`, {}))).toEqual([409, 'task-needs-assignee']);
    const { body } = await send(`PATCH ${pathOf(task)}`, { type: 'question' });
    expect(body).toMatchObject({ due_on: null, due_at: null, overdue: false });
  });
});

describe('lists of cases', () => {
  it('are narrowed by parent, status, times and the trash', async () => {
    const parent = await writer.create();
    const part = await writer.create({ parent_id: parent.body.id, assignee_id: ANA });
    const { body } = await send(`GET ${pathOf(part)}`);
    expect(body['parent']).toMatchObject({ id: parent.body.id });
    expect(await listed(`parent_id=${parent.body.id}`)).toEqual([part.body.id]);
    expect(await listed(`parent_id=${parent.body.id}&status_id=${String(body['status_id'])}`)).toEqual([part.body.id]);
    const from = encodeURIComponent(String(body['updated_at']));
    expect(await listed(`parent_id=${parent.body.id}&updated_from=${from}`)).toEqual([part.body.id]);
    expect(await listed(`parent_id=${parent.body.id}&updated_to=${from}`)).toEqual([]);
    await send(`DELETE ${pathOf(parent)}`);
    expect(await listed(`parent_id=${parent.body.id}`)).toEqual([]);
    expect(await listed(`parent_id=${parent.body.id}&trashed=only`)).toEqual([part.body.id]);
    expect(await listed(`parent_id=${parent.body.id}&trashed=with`)).toEqual([part.body.id]);
    const wrong = await send<Problem>('GET /v1/cases?trashed=only,with&updated_from=2026-03-02&updated_to=2026-03-01');
    expect([wrong.status, wrong.body.errors?.map(({ pointer }) => pointer).sort()]).toEqual([
      422,
      ['/query/trashed', '/query/updated_to'],
    ]);
  });
});
