import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordsOf } from '#libs/case-ledger';
import { readOutbox } from '#libs/case-store';
import { createApiKey } from '#libs/testing';
import { aCaseWriter, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { OUR_ACCOUNT } from './identities.js';
import type { Answer } from './world.js';

interface CommentBody extends Problem {
  readonly id: string;
  readonly case_id: string;
  readonly body_text: string;
  readonly title: string | null;
}

const asAna = { 'on-behalf-of': 'agent:email:ana@acme.example' };
const asBo = { 'on-behalf-of': 'agent:email:bo@acme.example' };
const SECRET = 'The password is tr0ub4dor.';

let writer: CaseWriter;
let plain: string;
beforeAll(async () => {
  writer = await aCaseWriter();
  const scopes = ['cases:write', 'impersonate'];
  plain = await createApiKey(writer.world.database.pool, { accountId: OUR_ACCOUNT, name: 'plain', scopes });
});
afterAll(async () => {
  await writer.world.close();
});

const send = (line: string, body?: object, headers: Record<string, string> = {}) =>
  writer.send<CommentBody>(line, body, headers);
/** Without what administrators may. */
const sendPlain = (line: string, body: object, headers: Record<string, string> = {}) =>
  writer.world.send<CommentBody>(line, { key: plain, body, headers });

async function aComment(body: object = {}, headers: Record<string, string> = {}): Promise<Answer<CommentBody>> {
  const path = pathOf(await writer.create());
  return sendPlain(`POST ${path}/comments`, { body_text: SECRET, title: 'Her password', ...body }, headers);
}
const at = ({ body }: Answer<CommentBody>): string => `/v1/comments/${body.id}`;
const eventsOf = async ({ body }: Answer<CommentBody>) => {
  type Events = { readonly data: readonly { kind: string; seq: number; details: Record<string, unknown> }[] };
  return (await writer.send<Events>(`GET /v1/cases/${body.case_id}/events`)).body.data;
};
const close = ({ body }: Answer<CommentBody>) =>
  writer.world.database.pool.query(
    `update cases set category = 'resolved', resolved_at = date_trunc('milliseconds', now()), resolution_source = 'automation',
       closed_at = date_trunc('milliseconds', now()), closed_reason = 'auto_close' where id = $1`,
    [body.case_id],
  );

describe('what a comment says', () => {
  it('is changed by a patch, with both texts in the history and none on a topic', async () => {
    const comment = await aComment({ body_html: '<p>The password is tr0ub4dor.</p>' });
    expect(comment.headers['etag']).toBe('"1"');
    const edited = await sendPlain(`PATCH ${at(comment)}`, { body_text: 'She has a new one.', title: null });
    expect(edited.body).toMatchObject({ body_text: 'She has a new one.', title: null, body_html: null });
    expect([edited.status, edited.headers['etag']]).toEqual([200, '"2"']);
    expect(edited.body).toHaveProperty('edited_at', expect.any(String));
    expect((await eventsOf(comment)).at(-1)).toMatchObject({
      kind: 'comment_edited',
      seq: 3,
      details: {
        comment_id: comment.body.id,
        changed: ['title', 'body_text', 'body_html'],
        texts: {
          from: { title: 'Her password', body_text: SECRET },
          to: { title: null, body_text: 'She has a new one.' },
        },
      },
    });
    const { pool } = writer.world.database;
    const { rows } = await pool.query<{ id: string }>('select id from outbox order by id');
    const told = await recordsOf(
      pool,
      await readOutbox(
        pool,
        rows.map(({ id }) => id),
      ),
    );
    expect(told.map(({ headers }) => headers['ce_type'])).toContain('io.casewright.case.comment_edited.v1');
    expect(JSON.stringify(told)).not.toContain('tr0ub4dor');
  });

  it('follows its HTML, and stays as it is when nothing changes', async () => {
    const comment = await aComment();
    const html = await sendPlain(`PATCH ${at(comment)}`, { body_html: '<b>Bold</b><script>x()</script>' });
    expect(html.body).toMatchObject({ body_text: 'Bold', body_html: '<b>Bold</b>', title: 'Her password' });
    const same = await sendPlain(`PATCH ${at(comment)}`, { body_text: 'Bold' });
    expect([same.status, same.headers['etag'], same.body]).toEqual([200, '"2"', html.body]);
    expect(await eventsOf(comment)).toHaveLength(3);
    const wrong = await sendPlain(`PATCH ${at(comment)}`, { body_text: null, public: true, body_html: 7 });
    expect(codesOf(wrong).slice(2).sort()).toEqual([
      '/body_html validation-failed',
      '/body_text validation-failed',
      '/public read-only',
    ]);
  });

  it('is its author’s to change, and an administrator’s', async () => {
    const [anas, clients] = [await aComment({}, asAna), await aComment()];
    expect(codesOf(await sendPlain(`PATCH ${at(anas)}`, { body_text: 'x' }))).toEqual([403, 'forbidden']);
    expect(codesOf(await sendPlain(`PATCH ${at(anas)}`, { body_text: 'x' }, asBo))).toEqual([403, 'forbidden']);
    expect(codesOf(await sendPlain(`PATCH ${at(clients)}`, { body_text: 'x' }, asAna))).toEqual([403, 'forbidden']);
    expect((await sendPlain(`PATCH ${at(anas)}`, { body_text: 'Hers.' }, asAna)).status).toBe(200);
    // Another client that acts for her.
    expect((await send(`PATCH ${at(anas)}`, { body_text: 'Hers still.' }, asAna)).status).toBe(200);
    expect((await send(`PATCH ${at(clients)}`, { body_text: 'An administrator’s.' })).status).toBe(200);
    const theirs = await writer.world.send<Problem>(`PATCH ${at(anas)}`, { key: writer.world.theirs, body: {} });
    expect(codesOf(theirs)[0]).toBe(403);
  });

  it('68 is changed in the version that was seen', async () => {
    const comment = await aComment();
    await sendPlain(`PATCH ${at(comment)}`, { body_text: 'Two.' }, { 'if-match': '"1"' });
    const stale = await sendPlain(`PATCH ${at(comment)}`, { body_text: 'Three.' }, { 'if-match': '"1"' });
    expect(stale.body).toMatchObject({ code: 'version-mismatch', current_version: 2, changed_fields: ['body_text'] });
    expect((await send(`GET ${at(comment)}`, undefined, { 'if-none-match': '"2"' })).status).toBe(304);
  });

  it('12 stays while its case is closed or in the trash, and changes while it is resolved', async () => {
    const [closed, trashed, resolved] = [await aComment(), await aComment(), await aComment()];
    await close(closed);
    await send(`DELETE /v1/cases/${trashed.body.case_id}`);
    await send(`POST /v1/cases/${resolved.body.case_id}/resolve`, { resolution: 'Done.' }, asAna);
    expect(codesOf(await sendPlain(`PATCH ${at(closed)}`, { body_text: 'x' }))).toEqual([409, 'case-closed']);
    expect(codesOf(await sendPlain(`PATCH ${at(trashed)}`, { body_text: 'x' }))).toEqual([409, 'case-deleted']);
    expect((await sendPlain(`PATCH ${at(resolved)}`, { body_text: 'x' })).status).toBe(200);
    const { status } = await sendPlain('PATCH /v1/comments/0199a3c2-6f5e-7c1d-9b7a-2f1f5c0e8d11', { body_text: 'x' });
    expect(status).toBe(404);
  });
});

describe('a redacted comment', () => {
  it.each(['live', 'closed', 'trashed'])(
    '79 of a %s case leaves nothing of what it said, and a mark',
    async (state) => {
      const named = { 'idempotency-key': `made-${state}` };
      const path = pathOf(await writer.create());
      const said = { body_text: SECRET, body_html: `<p>${SECRET}</p>`, title: SECRET };
      const comment = await sendPlain(`POST ${path}/comments`, said, named);
      const patch = { body_text: `${SECRET} Really.` };
      await sendPlain(`PATCH ${at(comment)}`, patch, { 'idempotency-key': `edited-${state}` });
      await (state === 'closed' ? close(comment) : state === 'trashed' ? send(`DELETE ${path}`) : undefined);
      const redacted = await send(`POST ${at(comment)}/redact`, { reason: 'It held a password.' });
      expect([redacted.status, redacted.headers['etag']]).toEqual([200, '"3"']);
      expect(redacted.body).toMatchObject({
        body_text: '',
        body_html: null,
        title: null,
        redacted_at: expect.any(String),
        redaction: { by: { kind: 'app', name: 'writer' }, reason: 'It held a password.' },
      });
      const { rows } = await writer.world.database.pool.query<{ row: string }>(
        `select t::text as row from comment t union all select t::text from case_event t
       union all select t::text from idempotency_key t union all select convert_from(coalesce(records, ''), 'utf8') from outbox`,
      );
      expect(rows.filter(({ row }) => row.includes(comment.body.id) && row.includes('tr0ub4dor'))).toEqual([]);
      const events = await eventsOf(comment);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      expect(events.at(-1)).toMatchObject({ kind: 'comment_redacted', details: { reason: 'It held a password.' } });
      // A repetition of the request that made it says what is left.
      const again = await sendPlain(`POST ${path}/comments`, said, named);
      expect([again.headers['idempotency-replayed'], again.body.body_text, again.body.title]).toEqual([
        'true',
        '',
        null,
      ]);
      type Entries = { readonly data: readonly { kind: string; comment: CommentBody | null }[] };
      const timeline = await writer.send<Entries>(`GET ${path}/timeline?include=comment`);
      expect(timeline.body.data).toMatchObject([{ kind: 'comment', comment: redacted.body }]);
      const case_ = await writer.send<{ comment_count: number }>(`GET ${path}`);
      expect(case_.body.comment_count).toBe(1);
    },
  );

  it('stays redacted, and is redacted by administrators with a reason alone', async () => {
    const comment = await aComment();
    expect(codesOf(await sendPlain(`POST ${at(comment)}/redact`, { reason: 'x' }))).toEqual([
      403,
      'insufficient-scope',
    ]);
    expect(codesOf(await send(`POST ${at(comment)}/redact`, {}))).toEqual([
      ...[422, 'field-required', '/reason field-required'],
    ]);
    const first = await send(`POST ${at(comment)}/redact`, { reason: 'x' });
    const second = await send(`POST ${at(comment)}/redact`, { reason: 'y' });
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(codesOf(await sendPlain(`PATCH ${at(comment)}`, { body_text: 'Back.' }))).toEqual([409, 'comment-redacted']);
  });

  it('12 of a closed case changes in nothing else, whatever the transaction says of itself', async () => {
    const comment = await aComment();
    await close(comment);
    const { pool } = writer.world.database;
    for (const set of [
      `body_text = 'forged'`,
      `title = null, body_text = '', body_html = null, redacted_at = now(), author = '{}'`,
      `body_text = 'forged', redacted_at = now()`,
    ]) {
      const statement = `update comment set ${set} where id = '${comment.body.id}'`;
      const refused = await pool
        .query(`begin; select set_config('casewright.privacy', 'on', true); ${statement}; commit`)
        .catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: '23514', constraint: 'closed_cases_are_immutable' });
    }
  });
});
