import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declareConfiguration } from '#libs/case-store';
import { declaredId } from '#libs/interaction';
import { aDeclaration, aDeclaredAccount, aDeclaredAgent, createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from './identities.js';
import { aWorld, type World } from './world.js';

type Body = Readonly<Record<string, unknown>>;
interface Page {
  readonly data: readonly Body[];
  readonly page: { readonly next_cursor: string | null };
}

let world: World;
let key: string;
const ana = declaredId(OUR_ACCOUNT, 'agent', 'ana@acme.example');
beforeAll(async () => {
  world = await aWorld();
  const account = aDeclaredAccount({ id: OUR_ACCOUNT });
  const agents = [aDeclaredAgent('ana@acme.example', 'Ana')];
  await declareConfiguration(world.database.pool, aDeclaration({ account, agents }));
  const scopes = ['cases:write', 'impersonate'];
  key = await createApiKey(world.database.pool, { accountId: OUR_ACCOUNT, name: 'writer', scopes });
});
afterAll(() => world.close());

const send = <Of = Body>(line: string, body?: unknown, headers: Record<string, string> = {}) =>
  world.send<Of>(line, { key, headers, ...(body === undefined ? {} : { body }) });
const asAna = { 'on-behalf-of': 'agent:email:ana@acme.example' };
let requesters = 0;
/** Each for somebody else, so that nobody has served the requester before. */
async function aCasePath(): Promise<string> {
  requesters += 1;
  const requester = { email: `customer${requesters}@example.org` };
  const { body } = await send('POST /v1/cases', { subject: 'My lamp is broken', requester });
  return `/v1/cases/${String(body['id'])}`;
}

describe('comments', () => {
  it('are notes unless told, and a public one of an agent is the first response', async () => {
    const path = await aCasePath();
    const note = await send(`POST ${path}/comments`, { body_text: 'She called twice.' });
    expect([note.status, note.headers['location']]).toEqual([201, `/v1/comments/${String(note.body['id'])}`]);
    expect(note.body).toMatchObject({ public: false, delivery: null, author: { kind: 'app', name: 'writer' } });
    expect((await send(`GET ${path}`)).body).toMatchObject({ version: 2, comment_count: 1, first_response_at: null });

    const answer = await send(`POST ${path}/comments`, { body_text: 'A new one is on its way.', public: true }, asAna);
    expect(answer.body).toMatchObject({
      on_behalf_of: { id: ana, name: 'Ana' },
      delivery: { state: 'not_sent', reason: 'no_relay' },
    });
    expect((await send(`GET ${path}`)).body).toMatchObject({
      version: 3,
      comment_count: 2,
      first_response_at: answer.body['created_at'],
      last_agent_at: answer.body['created_at'],
    });
    const listed = await send<{ data: Body[] }>(`GET ${path}/comments`);
    expect(listed.body.data).toEqual([note.body, answer.body]);
    expect((await send(`GET ${String(note.headers['location'])}`)).body).toEqual(note.body);
  });

  it('come with a command in its transaction: answered and pending in one request', async () => {
    const path = await aCasePath();
    const patch = { status: 'pending', assignee_id: ana, comment: { body_text: 'Which lamp is it?', public: true } };
    const { body } = await send(`PATCH ${path}`, patch, asAna);
    expect(body).toMatchObject({ status: 'pending', version: 3, comment_count: 1 });
    const events = await send<{ data: Body[] }>(`GET ${path}/events`);
    expect(events.body.data.map(({ kind }) => kind)).toEqual(['created', 'assigned', 'comment_added']);
    const refused = await send(`PATCH ${path}`, { status: 'closed', comment: { body_text: 'Never said.' } });
    expect([refused.status, (await send(`GET ${path}`)).body['comment_count']]).toEqual([422, 1]);
  });

  it('mention agents, who follow the case from then on', async () => {
    const path = await aCasePath();
    await send(`POST ${path}/comments`, { body_text: 'Ana, please.', mention_ids: [ana] });
    const { body } = await send(`GET ${path}`);
    expect(body['participants']).toMatchObject([{ kind: 'agent', id: ana, role: 'follower' }]);
    const unknown = await send(`POST ${path}/comments`, {
      body_text: 'Who?',
      mention_ids: ['6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10'],
    });
    expect(unknown.body).toMatchObject({ code: 'unknown-agent', errors: [{ pointer: '/mention_ids/0' }] });
  });

  it('are kept without what could harm their readers', async () => {
    const path = await aCasePath();
    const html = '<p onclick="x()">Dear <b>Rita</b>,<script>alert(1)</script></p><p>1 &lt; 2</p>';
    const { body } = await send(`POST ${path}/comments`, { body_html: html });
    expect(body).toMatchObject({ body_text: 'Dear Rita,\n1 < 2' });
    expect(body['body_html']).not.toMatch(/script|onclick/);
    const nothing = await send(`POST ${path}/comments`, { body_html: '<script>alert(1)</script>' });
    expect(nothing.body).toMatchObject({ status: 422, errors: [{ pointer: '/body_html' }] });
  });

  it.each([
    ['nothing', {}, '/body_text'],
    ['a blank', { body_text: ' ' }, '/body_text'],
    ['too much', { body_text: 'a'.repeat(65_537) }, '/body_text'],
    ['a mail where none can go', { body_text: 'Hello', send: 'email' }, '/send'],
    ['what is no field', { body_text: 'Hello', author: 'me' }, '/author'],
  ])('say something: %s is refused', async (_, given, pointer) => {
    const path = await aCasePath();
    const { status, body } = await send(`POST ${path}/comments`, given);
    expect([status, body['errors']]).toMatchObject([422, [{ pointer }]]);
    expect((await send(`GET ${path}`)).body).toMatchObject({ version: 1, comment_count: 0 });
  });

  it('12 stay as they are once their case is closed, whoever wants to change them', async () => {
    const path = await aCasePath();
    const { body } = await send(`POST ${path}/comments`, { body_text: 'She called twice.' });
    const { pool } = world.database;
    await pool.query(
      `update cases set category = 'resolved', resolved_at = now(), resolution_source = 'automation',
         closed_at = now(), closed_reason = 'auto_close' where id = $1`,
      [body['case_id']],
    );
    expect((await send(`POST ${path}/comments`, { body_text: 'Too late.' })).body).toMatchObject({
      code: 'case-closed',
    });
    for (const statement of [`update comment set body_text = 'x'`, 'delete from comment']) {
      const refused = await pool.query(`${statement} where id = $1`, [body['id']]).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: '23514', constraint: 'closed_cases_are_immutable' });
    }
  });

  it('stand beside interactions and changes in one order', async () => {
    const path = await aCasePath();
    await send(`POST ${path}/assign`, { assignee_id: ana });
    await send(`POST ${path}/comments`, { body_text: 'Mine now.' }, asAna);
    const { body } = await send<Page>(`GET ${path}/timeline`);
    expect(body.data.map(({ kind, event }) => (kind === 'event' ? (event as Body)['kind'] : kind)).sort()).toEqual([
      ...['assigned', 'comment', 'comment_added', 'created'],
    ]);
    const comments = await send<{ data: Body[] }>(`GET ${path}/timeline?include=comment`);
    expect(comments.body.data).toMatchObject([{ kind: 'comment', comment: { body_text: 'Mine now.' }, event: null }]);
    const seen: unknown[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: { readonly body: Page } = await send<Page>(`GET ${path}/timeline?limit=1${next}`);
      seen.push(...page.body.data.map(({ id }) => id));
      const cursor = page.body.page.next_cursor;
      next = cursor === null ? null : `&cursor=${cursor}`;
    }
    expect(seen).toEqual(body.data.map(({ id }) => id));
  });
});
