import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaseWriter, ANA, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const send: CaseWriter['send'] = (...request) => writer.send(...request);
const create: CaseWriter['create'] = (body) => writer.create(body);

const RITA = { email: 'rita@example.org', name: 'Rita Alves' };

describe('opening a case', () => {
  it('1 without an assignee is new, with its place and version, and its requester known from then on', async () => {
    const made = await create({ requester: RITA });
    expect([made.status, made.headers['location'], made.headers['etag']]).toEqual([201, pathOf(made), '"1"']);
    expect(made.body).toMatchObject({
      status: 'new',
      status_label: 'New',
      subject: 'My lamp is broken',
      group: { name: 'Support' },
      assignee: null,
      requester: { kind: 'contact', ...RITA },
      source: 'api',
      version: 1,
      measures: { first_reply_s: null, resolution_s: null },
    });
    expect((await send(`GET ${pathOf(made)}`)).body).toMatchObject({ number: made.body.number });
    const again = await create({ requester: { email: 'Rita@Example.org' } });
    expect(again.body.requester.id).toBe(made.body.requester.id);
  });

  it('2 with an assignee is open, in one event', async () => {
    const made = await create({ assignee_id: 'email:ana@acme.example' });
    expect(made.body).toMatchObject({ status: 'open', assignee: { kind: 'agent', id: ANA, name: 'Ana' }, version: 1 });
    const { body } = await send<{ data: { kind: string }[] }>(`GET ${pathOf(made)}/events`);
    expect(body.data.map(({ kind }) => kind)).toEqual(['created']);
  });

  it('18 names all that is wrong at once, and writes nothing, not even a number', async () => {
    const { number } = (await create()).body;
    const { rows } = await writer.world.database.pool.query('select count(*)::int as count from cases');
    const refused = await send<Problem>('POST /v1/cases', {
      ...{
        subject: '',
        colour: 'red',
        number: 7,
        type: 'task',
        requester: RITA,
        group_id: 'name:Nowhere',
        tags: ['a b'],
      },
    });
    expect(codesOf(refused).slice(0, 2)).toEqual([422, 'validation-failed']);
    expect(refused.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/assignee_id assignee-required',
      '/colour unknown-field',
      '/due_on due-date-required',
      '/group_id unknown-group',
      '/number read-only',
      '/subject validation-failed',
      '/tags/0 validation-failed',
    ]);
    const after = await writer.world.database.pool.query('select count(*)::int as count from cases');
    expect(after.rows).toEqual(rows);
    expect((await create()).body.number).toBe(number + 1);
  });

  it('is for whom somebody acts, and never for a client', async () => {
    const alone = await send<Problem>('POST /v1/cases', { subject: 'A lamp' });
    expect(codesOf(alone)).toEqual([422, 'requester-required', '/requester requester-required']);
    const acting = await send('POST /v1/cases', { subject: 'A lamp' }, { 'on-behalf-of': `agent:${ANA}` });
    expect(acting.body).toMatchObject({
      requester: { kind: 'agent', id: ANA, name: 'Ana', email: 'ana@acme.example' },
    });
    const { body } = await send<{ data: object[] }>(`GET ${pathOf(acting)}/events`);
    expect(body.data).toMatchObject([{ actor: { kind: 'app' }, on_behalf_of: { kind: 'agent', id: ANA } }]);
  });

  it('67 happens once, however often it is asked for', async () => {
    const headers = { 'idempotency-key': 'order 7' };
    const body = { subject: 'Once', requester: RITA };
    const first = await send('POST /v1/cases', body, headers);
    const again = await send('POST /v1/cases', body, headers);
    expect([again.status, again.headers['idempotency-replayed'], again.body]).toEqual([201, 'true', first.body]);
    const other = await send('POST /v1/cases', { ...body, subject: 'Twice' }, headers);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });
});
