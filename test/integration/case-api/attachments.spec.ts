import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CaseWriter, codesOf, pathOf } from './case-writer.js';
import { anUploader, sha256Of, type Upload, type Uploader } from './uploader.js';

let uploader: Uploader;
let writer: CaseWriter;
beforeAll(async () => {
  uploader = await anUploader();
  writer = uploader.writer;
});
afterAll(() => writer.world.close());

const due = () => writer.world.database.pool.query('update unused_upload set due_at = now()');

describe('a file', () => {
  it('becomes part of a comment, of one alone', async () => {
    const path = pathOf(await writer.create());
    const [one, other, third] = [await uploader.anUpload(), await uploader.anUpload(), await uploader.anUpload()];
    const said = { body_text: 'See the photo.', attachment_ids: [one.id, one.id] };
    const comment = await writer.send<Upload>(`POST ${path}/comments`, said);
    expect(comment.body).toMatchObject({ attachments: [{ id: one.id, file_name: 'lamp.png' }] });
    const patched = await writer.send(`PATCH ${path}`, {
      priority: 'high',
      comment: { body_text: 'And this.', attachment_ids: [other.id] },
    });
    expect(patched.status).toBe(200);
    const theirs = (await uploader.upload('theirs', { as: uploader.foreign })).body;
    const wrong = { body_text: 'x', attachment_ids: [third.id, one.id, theirs.id] };
    expect(codesOf(await writer.send(`POST ${path}/comments`, wrong)).slice(2)).toEqual([
      '/attachment_ids/1 attachment-in-use',
      '/attachment_ids/2 unknown-attachment',
    ]);
    const refused = { priority: 'low', comment: { body_text: 'x', attachment_ids: [other.id] } };
    expect(codesOf(await writer.send(`PATCH ${path}`, refused))).toEqual([
      ...[422, 'attachment-in-use', '/comment/attachment_ids/0 attachment-in-use'],
    ]);
    const listed = await writer.send<{ data: Upload[] }>(`GET ${path}/attachments`);
    expect(listed.body.data.map(({ id }) => id)).toEqual([one.id, other.id]);
    // What the refused request named is still free.
    expect((await writer.send(`POST ${path}/attachments`, { attachment_ids: [third.id] })).status).toBe(200);
  });

  it('becomes part of a case that is not closed, in one event', async () => {
    const created = await writer.create();
    const path = pathOf(created);
    const { id } = await uploader.anUpload();
    const attached = await writer.send(`POST ${path}/attachments`, { attachment_ids: [id] });
    expect([attached.status, attached.headers['etag'], attached.body.version]).toEqual([200, '"2"', 2]);
    const again = await writer.send(`POST ${path}/attachments`, { attachment_ids: [id] });
    expect([again.status, again.body.version]).toEqual([200, 2]);
    const stale = await writer.send(`PATCH ${path}`, { priority: 'low' }, { 'if-match': '"1"' });
    expect(stale.body.changed_fields).toEqual(['attachments']);
    type Entries = { readonly data: readonly { event: { kind: string; details: object } | null }[] };
    const timeline = await writer.send<Entries>(`GET ${path}/timeline?include=event`);
    expect(timeline.body.data.at(-1)?.event).toMatchObject({
      kind: 'attachment_added',
      details: { attachment_ids: [id] },
    });
    expect(
      codesOf(await writer.send(`POST ${pathOf(await writer.create())}/attachments`, { attachment_ids: [id] })),
    ).toEqual([422, 'attachment-in-use', '/attachment_ids/0 attachment-in-use']);
    const { pool } = writer.world.database;
    await pool.query(
      `update cases set category = 'resolved', resolved_at = date_trunc('milliseconds', now()),
         resolution_source = 'automation', closed_at = date_trunc('milliseconds', now()), closed_reason = 'auto_close'
       where id = $1`,
      [created.body.id],
    );
    const late = await uploader.anUpload();
    expect(codesOf(await writer.send(`POST ${path}/attachments`, { attachment_ids: [late.id] }))).toEqual([
      ...[409, 'case-closed'],
    ]);
    for (const statement of ['delete from attachment', `update attachment set file_name = 'x'`]) {
      const refused = await pool.query(`${statement} where id = $1`, [id]).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: '23514', constraint: 'closed_cases_are_immutable' });
    }
  });

  it('is served in parts', async () => {
    const bytes = randomBytes(1000);
    const { id, sha256 } = await uploader.anUpload(bytes);
    const path = `/v1/attachments/${id}/content`;
    const part = await uploader.content(path, { range: 'bytes=10-19', 'if-range': `"${sha256}"` });
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([
      ...[206, 'bytes 10-19/1000', '10'],
    ]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    const behind = await uploader.content(path, { range: 'bytes=1000-' });
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
    expect(behind.headers.get('content-type')).toBe('application/problem+json');
    expect((await uploader.content(path, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    expect((await uploader.content(path, { range: 'bytes=0-1,5-6' })).status).toBe(200);
    const head = await uploader.content(path, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '1000', '']);
    expect((await uploader.content(path, { 'if-none-match': `"${sha256}"`, range: 'bytes=0-1' })).status).toBe(304);
  });

  it.each([
    ['pending', 409],
    ['infected', 409],
    ['failed', 200],
    ['clean', 200],
  ])('that is %s is answered with %i', async (state, status) => {
    const { id } = await uploader.anUpload();
    await writer.world.database.pool.query('update attachment set scan_state = $2 where id = $1', [id, state]);
    const got = await uploader.content(`/v1/attachments/${id}/content`);
    expect(got.status).toBe(status);
    await got.arrayBuffer();
  });
});

describe('bytes', () => {
  it('go when nothing has used them for a day, and not before; what somebody else uses stays', async () => {
    const bytes = randomBytes(200);
    const [old, used] = [await uploader.anUpload(bytes), await uploader.anUpload(bytes)];
    const [alone, young] = [await uploader.anUpload(), await uploader.anUpload()];
    const path = pathOf(await writer.create());
    await writer.send(`POST ${path}/attachments`, { attachment_ids: [used.id] });
    const { pool } = writer.world.database;
    await pool.query(`update attachment set created_at = now() - interval '24 hours 1 second' where id = any ($1)`, [
      [old.id, used.id, alone.id],
    ]);
    await due();
    await uploader.sweep();
    const statuses = await Promise.all(
      [old, used, alone, young].map(async ({ id }) => (await writer.send(`GET /v1/attachments/${id}`)).status),
    );
    expect(statuses).toEqual([404, 200, 404, 200]);
    expect(
      await Promise.all(
        [bytes, alone, young].map((one) => uploader.isStored(Buffer.isBuffer(one) ? sha256Of(one) : one.sha256)),
      ),
    ).toEqual([...[true, false, true]]);
    await uploader.sweep();
    expect((await uploader.content(`/v1/attachments/${used.id}/content`)).status).toBe(200);
  });

  it('79 go with the comment that is redacted, and with the case that is purged', async () => {
    const path = pathOf(await writer.create());
    const [said, ofCase] = [await uploader.anUpload(), await uploader.anUpload()];
    const comment = await writer.send(`POST ${path}/comments`, { body_text: 'x', attachment_ids: [said.id] });
    await writer.send(`POST ${path}/attachments`, { attachment_ids: [ofCase.id] });
    const redacted = await writer.send(`POST /v1/comments/${comment.body.id}/redact`, { reason: 'A passport.' });
    expect(redacted.body).toMatchObject({ attachments: [] });
    await uploader.sweep();
    expect([await uploader.isStored(said.sha256), await uploader.isStored(ofCase.sha256)]).toEqual([false, true]);
    expect((await writer.send(`GET /v1/attachments/${said.id}`)).status).toBe(404);
    await writer.send(`DELETE ${path}`);
    expect((await writer.send(`DELETE ${path}?permanent=true`)).status).toBe(204);
    await uploader.sweep();
    expect(await uploader.isStored(ofCase.sha256)).toBe(false);
  });

  it('that were stored for a request that failed do not stay', async () => {
    const bytes = randomBytes(300);
    const headers = { 'idempotency-key': 'one file' };
    await uploader.upload('first', { headers });
    expect((await uploader.upload(bytes, { headers })).status).toBe(422);
    expect(await uploader.isStored(sha256Of(bytes))).toBe(true);
    await uploader.sweep();
    await due();
    await uploader.sweep();
    expect(await uploader.isStored(sha256Of(bytes))).toBe(false);
  });
});
