import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiKey } from '#libs/testing';
import { closeAfter, setAccount } from './beside-http.js';
import { aCaseWriter, ANA, type CaseBody, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { OTHER_ACCOUNT } from './identities.js';
import type { Answer } from './world.js';

type Made = Answer<CaseBody & Problem>;
interface Read extends CaseBody {
  readonly type: string | null;
  readonly resolved_at: string | null;
  readonly problem_id: string | null;
}

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const send: CaseWriter['send'] = (...request) => writer.send(...request);
const read = async (one: Made): Promise<Read> => (await send<Read>(`GET ${pathOf(one)}`)).body;
/** What a case says of its problem beside the id is the problem's. */
const withoutItsProblem = async (one: Made): Promise<Read & { readonly problem: null }> => ({
  ...(await read(one)),
  problem: null,
});
const resolve = (one: Made) => send<Read & Problem>(`POST ${pathOf(one)}/resolve`, { resolution: 'It is up again.' });
const aProblem = () => writer.create({ type: 'problem', assignee_id: ANA });
const anIncidentOf = (problem: Made, body: object = {}) =>
  writer.create({ type: 'incident', problem_id: problem.body.id, ...body });
const link = (one: Made, problemId: string) =>
  send<Read & Problem>(`PATCH ${pathOf(one)}`, { type: 'incident', problem_id: problemId });

describe('a task', () => {
  it.each([
    ['19 Europe/Rome', '2026-03-28', '2026-03-28T11:00:00.000Z'],
    ['19 Europe/Rome', '2026-03-29', '2026-03-29T10:00:00.000Z'],
    ['19 America/New_York', '2026-10-31', '2026-10-31T16:00:00.000Z'],
    ['19 America/New_York', '2026-11-01', '2026-11-01T17:00:00.000Z'],
    ['19 Australia/Lord_Howe', '2026-04-05', '2026-04-05T01:30:00.000Z'],
    ['19 Asia/Kolkata', '2026-07-01', '2026-07-01T06:30:00.000Z'],
    ['19 Pacific/Kiritimati', '2026-01-01', '2025-12-31T22:00:00.000Z'],
    ['19 America/Sao_Paulo', '2018-11-04', '2018-11-04T14:00:00.000Z'],
    ['19 Pacific/Apia', '2011-12-30', null],
  ])('%s: what is due on %s is due at %s', async (named, dueOn, dueAt) => {
    const zone = named.replace('19 ', '');
    await setAccount(writer.world, `time_zone = '${zone}'`);
    const task = await writer.create({ type: 'task', assignee_id: ANA, due_on: dueOn });
    await setAccount(writer.world, `time_zone = 'Europe/Lisbon'`);
    if (dueAt === null) {
      expect(codesOf(task)).toEqual([422, 'due-date-not-in-zone', '/due_on due-date-not-in-zone']);
    } else {
      expect(task.body).toMatchObject({ due_on: dueOn, due_at: dueAt, due_time_zone: zone });
    }
  });

  it('21 is not unassigned, in whatever words', async () => {
    const task = await writer.create({ type: 'task', assignee_id: ANA, due_on: '2026-12-24' });
    for (const [line, body] of [
      [`POST ${pathOf(task)}/unassign`, {}],
      [`PATCH ${pathOf(task)}`, { assignee_id: null }],
    ] as const) {
      expect(codesOf(await send<Problem>(line, body))).toEqual([409, 'task-needs-assignee']);
    }
    expect(await read(task)).toMatchObject({ assignee_id: ANA, version: 1 });
  });
});

describe('an incident', () => {
  it('22 needs a problem, unless the account does without', async () => {
    const refused = await writer.create({ type: 'incident' });
    expect(codesOf(refused)).toEqual([422, 'problem-required', '/problem_id problem-required']);
    await setAccount(writer.world, 'incident_requires_problem = false');
    const made = await writer.create({ type: 'incident' });
    await setAccount(writer.world, 'incident_requires_problem = true');
    expect([made.status, (await read(made)).problem_id]).toEqual([201, null]);
  });

  it('23 is linked to a live, unresolved problem of its own account and to nothing else', async () => {
    const { pool } = writer.world.database;
    const one = await writer.create({ assignee_id: ANA });
    const [plain, resolved, closed] = [await writer.create(), await aProblem(), await aProblem()];
    const { body } = await resolve(closed);
    expect(await closeAfter(writer.world, body.resolved_at ?? '', 5)).toBeGreaterThan(0);
    await resolve(resolved);
    const account = { accountId: OTHER_ACCOUNT, name: 'theirs', scopes: ['cases:write'] };
    const requester = { email: 'x@example.org' };
    const theirs: Made = await writer.world.send('POST /v1/cases', {
      ...{ key: await createApiKey(pool, account), body: { subject: 'Theirs', type: 'problem', requester } },
    });
    expect(theirs.status).toBe(201);
    const notAProblem = [422, 'not-a-problem', '/problem_id not-a-problem'];
    const endings = [plain, one, theirs, closed, resolved].map(async (to) => codesOf(await link(one, to.body.id)));
    expect(await Promise.all(endings)).toEqual([
      notAProblem,
      notAProblem,
      [422, 'validation-failed', '/problem_id unknown-case', '/problem_id problem-required'],
      [409, 'problem-already-resolved'],
      [409, 'problem-already-resolved'],
    ]);
    expect(await read(one)).toMatchObject({ type: null, problem_id: null, version: 1 });
  });

  it('26 that is linked while its problem is being resolved is resolved too, or refused', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [problem, one] = [await aProblem(), await writer.create({ assignee_id: ANA })];
      const [linked, done] = await Promise.all([link(one, problem.body.id), resolve(problem)]);
      expect(done.status).toBe(200);
      expect(await read(one)).toMatchObject(
        linked.status === 200
          ? { problem_id: problem.body.id, status: 'resolved', resolved_at: done.body.resolved_at }
          : { problem_id: null, status: 'open', version: 1 },
      );
      expect(linked.status === 200 ? 200 : codesOf(linked)).toEqual(
        linked.status === 200 ? 200 : [409, 'problem-already-resolved'],
      );
    }
  });
});

describe('a problem', () => {
  it('24 is resolved with its incidents of every category, at one instant, in one event each', async () => {
    const problem = await aProblem();
    const live = [
      await anIncidentOf(problem),
      await anIncidentOf(problem, { assignee_id: ANA }),
      await anIncidentOf(problem, { assignee_id: ANA, status: 'pending' }),
      await anIncidentOf(problem, { assignee_id: ANA, status: 'on_hold' }),
    ];
    const owned = { assignee_id: ANA };
    const [before, closed] = [await anIncidentOf(problem, owned), await anIncidentOf(problem, owned)];
    const { body: first } = await resolve(closed);
    await closeAfter(writer.world, first.resolved_at ?? '', 5);
    await resolve(before);
    const untouched = [await withoutItsProblem(before), await withoutItsProblem(closed)];
    const { body } = await resolve(problem);
    const events = await send<{ data: { id: string; kind: string }[] }>(`GET ${pathOf(problem)}/events`);
    const cause = events.body.data.at(-1)?.id;
    for (const one of live) {
      expect(await read(one)).toMatchObject({
        ...{ status: 'resolved', resolved_at: body.resolved_at, version: 2, resolution: 'It is up again.' },
        ...{ resolution_source: 'problem_cascade', assignee_id: ANA },
      });
      const told = await send<{ data: object[] }>(`GET ${pathOf(one)}/events`);
      expect(told.body.data).toMatchObject([
        {},
        { kind: 'cascade_resolved', cause_event_id: cause, actor: { kind: 'system' } },
      ]);
    }
    expect([await withoutItsProblem(before), await withoutItsProblem(closed)]).toEqual(untouched);
  });

  it('27 that is opened again leaves its incidents as they are', async () => {
    const problem = await aProblem();
    const incidents = [await anIncidentOf(problem), await anIncidentOf(problem, { assignee_id: ANA })];
    await resolve(problem);
    const before = await Promise.all(incidents.map(withoutItsProblem));
    expect((await send(`POST ${pathOf(problem)}/reopen`, {})).body.status).toBe('open');
    expect(await Promise.all(incidents.map(withoutItsProblem))).toEqual(before);
  });

  it('29 with live incidents is neither deleted nor made something else', async () => {
    const problem = await aProblem();
    const incident = await anIncidentOf(problem);
    const path = pathOf(problem);
    for (const type of ['question', 'task', null]) {
      const patch = { type, ...(type === 'task' ? { due_on: '2026-12-24' } : {}) };
      expect(codesOf(await send<Problem>(`PATCH ${path}`, patch))).toEqual([409, 'problem-has-incidents']);
    }
    expect(codesOf(await send<Problem>(`DELETE ${path}`))).toEqual([409, 'problem-has-incidents']);
    expect(await read(problem)).toMatchObject({ type: 'problem', version: 1 });
    await send(`PATCH ${pathOf(incident)}`, { type: 'question', problem_id: null });
    expect((await send(`PATCH ${path}`, { type: 'question' })).status).toBe(200);
  });
});
