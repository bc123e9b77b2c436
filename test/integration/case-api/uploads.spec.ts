import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PATIENCE_MS, waitUntil } from '#libs/testing';
import { type CaseWriter, codesOf } from './case-writer.js';
import { anUploader, sha256Of, type Uploader } from './uploader.js';

const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c48900000bb849444154', 'hex'),
  randomBytes(3000),
]);

let uploader: Uploader;
let writer: CaseWriter;
beforeAll(async () => {
  uploader = await anUploader();
  writer = uploader.writer;
});
afterAll(() => writer.world.close());

const files = async () => {
  const all = await readdir(join(writer.world.folder, 'uploads'), { recursive: true, withFileTypes: true });
  return all.filter((one) => one.isFile()).map(({ name }) => name);
};

describe('an upload', () => {
  it('is a file whose type its content says, and whose bytes come back as a download', async () => {
    const { status, headers, body } = await uploader.upload(PNG, { headers: { 'content-type': 'text/html' } });
    const expected = { file_name: 'lamp.png', media_type: 'image/png', size: PNG.length, sha256: sha256Of(PNG) };
    expect([status, body]).toMatchObject([201, { ...expected, scan_state: 'not_scanned', case_id: null }]);
    expect(headers.get('location')).toBe(`/v1/attachments/${body.id}`);
    expect((await writer.send(`GET /v1/attachments/${body.id}`)).body).toEqual(body);
    const got = await uploader.content(`/v1/attachments/${body.id}/content`);
    expect(Buffer.from(await got.arrayBuffer()).equals(PNG)).toBe(true);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^attachment; filename="lamp\.png"/),
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      etag: `"${body.sha256}"`,
    });
    expect((await writer.world.send(`GET /v1/attachments/${body.id}`, { key: uploader.foreign })).status).toBe(404);
  });

  it.each([
    ['text', Buffer.from('Olá\n'), 'application/octet-stream', 'text/plain'],
    ['a page', Buffer.from('<html><script>x()</script></html>'), 'text/html', 'text/html'],
    ['what claims to be an image', Buffer.from('no image'), 'image/png', 'text/plain'],
    ['nothing', Buffer.alloc(0), '', 'application/octet-stream'],
    ['bytes', Buffer.from([0, 255, 1]), 'x/y', 'x/y'],
  ])('may be %s', async (_, bytes, claimed, mediaType) => {
    const { status, body } = await uploader.upload(
      bytes,
      claimed === '' ? {} : { headers: { 'content-type': claimed } },
    );
    expect([status, body.media_type, body.size]).toEqual([201, mediaType, bytes.length]);
    const got = await uploader.content(`/v1/attachments/${body.id}/content`);
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
    expect(got.headers.get('content-type')).not.toContain('html');
  });

  it('may be a form with one file, and is no form with none or two', async () => {
    const form = (...names: string[]) => {
      const data = new FormData();
      data.append('note', 'ignored');
      names.forEach((name) => data.append('file', new Blob([PNG], { type: 'text/plain' }), name));
      return data;
    };
    const one = await uploader.upload(form('Größe "1".png'), { name: '' });
    expect([one.status, one.body]).toMatchObject([
      201,
      { file_name: 'Größe "1".png', media_type: 'image/png', size: PNG.length, sha256: sha256Of(PNG) },
    ]);
    expect((await uploader.upload(form('a.png', 'b.png'))).status).toBe(422);
    expect((await uploader.upload(form())).status).toBe(422);
    const type = { 'content-type': 'multipart/form-data; boundary=x' };
    const torn = '--x\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\nhalf';
    expect((await uploader.upload(torn, { headers: type })).status).toBe(400);
    expect((await uploader.upload('x', { headers: { 'content-type': 'multipart/form-data; a=b' } })).status).toBe(400);
  });

  it('has a name without path and line breaks', async () => {
    const { body } = await uploader.upload('x', { name: '../../a"\r\nset-cookie: x=1;.txt' });
    expect(body.file_name).toBe('a"set-cookie: x=1;.txt');
    const got = await uploader.content(`/v1/attachments/${body.id}/content`);
    expect(got.headers.get('set-cookie')).toBeNull();
  });

  it('is refused beyond 50 MB, whether or not it says its length, and leaves nothing', async () => {
    const before = await files();
    const chunk = Buffer.alloc(1024 * 1024);
    async function* tooMuch() {
      for (let index = 0; index < 51; index += 1) {
        yield chunk;
      }
    }
    expect((await uploader.upload(ReadableStream.from(tooMuch()))).status).toBe(413);
    const said = await uploader.upload(Buffer.alloc(51 * 1024 * 1024)).catch(() => ({ status: 413 }));
    expect(said.status).toBe(413);
    expect(await files()).toEqual(before);
  });

  it('leaves nothing when it is cut off in the middle', async () => {
    const before = await files();
    for (const type of ['application/octet-stream', 'multipart/form-data; boundary=x']) {
      const client = httpRequest(`${uploader.url}/v1/attachments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${uploader.key}`, 'content-type': type, 'content-length': 5_000_000 },
      });
      client.on('error', () => undefined);
      client.write('--x\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\n');
      client.write(Buffer.alloc(1_000_000));
      await waitUntil(
        async () => (await files()).length > before.length,
        PATIENCE_MS,
        () => 'nothing arrives',
      );
      const closed = new Promise((resolve) => client.once('close', resolve));
      client.destroy();
      await closed;
      await waitUntil(
        async () => (await files()).length === before.length,
        PATIENCE_MS,
        () => 'something is left',
      );
    }
  });

  it('67 is done once under its key, and another file under it is refused', async () => {
    const headers = { 'idempotency-key': 'photo' };
    const first = await uploader.upload(PNG, { headers });
    const again = await uploader.upload(PNG, { headers });
    expect([again.status, again.headers.get('idempotency-replayed'), again.body]).toEqual([201, 'true', first.body]);
    expect(codesOf((await uploader.upload('other', { headers })) as never)).toEqual([422, 'idempotency-key-reused']);
  });

  it('comes with fifty others', async () => {
    const many = Array.from({ length: 50 }, () => randomBytes(400_000));
    const answers = await Promise.all(many.map((bytes) => uploader.upload(bytes)));
    expect(answers.map(({ body }) => body.sha256)).toEqual(many.map(sha256Of));
  });
});
