import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fold } from '#libs/case-domain';
import { recordsOf, settle } from '#libs/case-ledger';
import { loadHistory, readOutbox } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, newId } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import {
  aCreation,
  agentIdOf,
  anAssignment,
  anUpdate,
  aReopening,
  aResolution,
  byId,
  CLIENT_ID,
  onBehalfOf,
} from '#libs/testing';
import { aCommandWorld, type CommandWorld } from './world.js';

const ANA = agentIdOf('ana@acme.example');
const BEN = agentIdOf('ben@acme.example');

let world: CommandWorld;
beforeAll(async () => {
  world = await aCommandWorld();
});
afterAll(() => world.database.drop());

/** A case of Ana's. */
const owned = (wish: Parameters<typeof aCreation>[0] = {}) => world.done(aCreation({ assigneeId: byId(ANA), ...wish }));

describe('commands that are settled', () => {
  it('create a case with its number, its requester and the client, and the same address is the same person', async () => {
    const caseId = newId();
    const [answer] = await world.settle(aCreation({}, { caseId, asker: onBehalfOf({ id: ANA }) }));
    expect(answer).toEqual({ outcome: 'done', caseId, version: 1 });
    const state = await world.state(caseId);
    expect(state).toMatchObject({ category: 'new', source: 'api', submitter: { kind: 'agent', id: ANA } });
    expect(Number(state.number)).toBeGreaterThan(0);
    const again = await world.done(aCreation({ priority: 'high' }));
    expect(again.requester).toEqual(state.requester);
    expect(Number(again.number)).toBeGreaterThan(Number(state.number));
    const [event] = await world.rows('select actor, on_behalf_of from case_event where case_id = $1', [caseId]);
    expect(event).toEqual({ actor: { kind: 'app', id: CLIENT_ID }, on_behalf_of: { kind: 'agent', id: ANA } });
  });

  it('77 leave events that fold to the row, one for each version, and are told', async () => {
    await world.database.pool.query(
      `insert into case_field (account_id, id, key, label, type) values ($1, $2, 'b', 'B', 'numeric'), ($1, $3, 'a', 'A', 'text')`,
      [defaultAccountId, newId(), newId()],
    );
    world.ledger.directory.invalidate(defaultAccountId);
    const { id } = await world.done(aCreation({ customFields: { b: 1, a: 'two' }, tags: ['vip'] }));
    await world.done(anAssignment(id, ANA));
    await world.done(anUpdate(id, { status: 'pending', customFields: { b: null }, priority: 'urgent' }));
    await world.done(aResolution(id, { asker: onBehalfOf({ id: BEN }) }));
    await world.done(aReopening(id, { assignee: byId(BEN) }));
    await world.done(anUpdate(id, { type: 'task', dueOn: '2026-03-29' }));
    const state = await world.done(
      anUpdate(id, { participants: [{ form: 'email', value: 'dan@x.example', role: 'cc' }] }),
    );
    expect(state).toMatchObject({
      version: 7,
      assigneeId: BEN,
      dueOn: '2026-03-29',
      dueAt: '2026-03-29T11:00:00.000Z',
    });
    const history = await loadHistory(world.database.pool, defaultAccountId, { caseId: id, seq: 7 });
    expect(fold(history.map(({ change }) => change))).toEqual(state);
    expect(history.map(({ change }) => change.kind)).toEqual([
      'created',
      'assigned',
      'status_changed',
      'resolved',
      'reopened',
      'type_changed',
      'participants_changed',
    ]);
    const outbox = await world.rows<{ id: string }>('select id from outbox order by id');
    const entries = await readOutbox(
      world.database.pool,
      outbox.map((row) => row.id),
    );
    const told = (await recordsOf(world.database.pool, entries)).filter(
      ({ topic, key }) => topic === CASE_EVENTS_TOPIC && key === id,
    );
    expect(told).toHaveLength(7);
  });

  it('name cases by number, and agents and groups by what people call them', async () => {
    const { id, number } = await world.done(aCreation());
    const target = { by: 'number', value: number ?? '' } as const;
    const assignee = { by: 'email', value: 'ben@acme.example' } as const;
    const group = { by: 'name', value: 'Support' } as const;
    const state = await world.done(anAssignment('', 'auto', { target, assignee, group }));
    expect(state).toMatchObject({ id, assigneeId: BEN });
  });

  it('write nothing when they are refused, and are counted all the same', async () => {
    const { id, version } = await owned();
    const before = await world.rows('select count(*) from case_event');
    const answers = await world.settle(
      anUpdate(id, { status: 'new' }),
      anUpdate(id, { priority: 'low' }, { expected: [version + 1] }),
      anUpdate(newId(), { priority: 'low' }),
      aCreation({ requester: undefined }),
      anUpdate(id, { status: 'open' }),
    );
    expect(answers.map((one) => ('code' in one ? one.code : one.outcome))).toEqual([
      'validation-failed',
      'version-mismatch',
      'not-found',
      'validation-failed',
      'unchanged',
    ]);
    expect(await world.rows('select count(*) from case_event')).toEqual(before);
    expect((await world.state(id)).version).toBe(version);
    const { text } = await world.metrics.exposition();
    expect(text).toMatch(/settle_inputs_total\{kind="command"\} [1-9]/);
  });

  it('see each other in one transaction, and whoever frames them sees the row', async () => {
    const caseId = newId();
    const requester = { form: 'phone', value: '+351210000001', name: null } as const;
    const inputs = [aCreation({ requester }, { caseId }), anAssignment(caseId, ANA), aResolution(caseId)].map(
      (command) => ({ kind: 'command', command }) as const,
    );
    const seen: unknown[] = [];
    await settle(world.ledger, [{ accountId: defaultAccountId, inputs }], {
      after: async (client, [settled]) => {
        const { rows } = await client.query<object>('select version, category from cases where id = $1', [caseId]);
        seen.push(...rows, settled?.known === true ? settled.answers.get(2) : null);
      },
    });
    expect(seen).toEqual([
      { version: 3, category: 'resolved' },
      { outcome: 'done', caseId, version: 3 },
    ]);
  });

  it('24, 27 and 28 resolve a problem with all its incidents that are not resolved, at one instant, each with its cause', async () => {
    const problem = await owned({ type: 'problem' });
    const link = { type: 'incident', problemId: byId(problem.id) } as const;
    const open = await owned(link);
    const fresh = await world.done(aCreation(link));
    const before = await owned(link);
    await world.done(aResolution(before.id, { resolution: 'By itself.' }));
    const resolved = await world.done(aResolution(problem.id));
    for (const { id } of [open, fresh]) {
      expect(await world.state(id)).toMatchObject({
        category: 'resolved',
        resolvedAt: resolved.resolvedAt,
        resolution: resolved.resolution,
        resolutionSource: 'problem_cascade',
        assigneeId: ANA,
        version: 2,
      });
    }
    expect((await world.state(before.id)).resolution).toBe('By itself.');
    const causes = await world.rows<{ cause: string; kind: string }>(
      `select e.kind, e.cause_event_id = (select id from case_event where case_id = $2 and seq = 2) as cause
       from case_event e where e.case_id = any ($1) and e.seq = 2`,
      [[open.id, fresh.id], problem.id],
    );
    expect(causes).toEqual([1, 2].map(() => ({ kind: 'cascade_resolved', cause: true })));
    const [late] = await world.settle(anUpdate((await owned()).id, link));
    expect(late).toMatchObject({ code: 'problem-already-resolved' });
    // 27: its incidents stay as they are when the problem is opened again, and 28 one of them is opened alone.
    await world.done(aReopening(problem.id));
    expect((await world.state(open.id)).category).toBe('resolved');
    await world.done(aReopening(open.id));
    expect((await world.state(fresh.id)).category).toBe('resolved');
  });

  it('26 link an incident while its problem is being resolved: it is resolved too, or refused', async () => {
    for (let round = 0; round < 5; round += 1) {
      const problem = await owned({ type: 'problem' });
      const incident = await owned();
      const link = anUpdate(incident.id, { type: 'incident', problemId: byId(problem.id) });
      const [linked] = (await Promise.all([world.settle(link), world.settle(aResolution(problem.id))]))[0];
      const state = await world.state(incident.id);
      expect((await world.state(problem.id)).category).toBe('resolved');
      expect(linked?.outcome === 'refused' ? state.problemId : state.resolutionSource).toBe(
        linked?.outcome === 'refused' ? null : 'problem_cascade',
      );
    }
  });
});
