import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Interaction } from '#libs/interaction';
import { parseMail, sourceOfBytes } from '#libs/mail';
import { normalise } from '../../../apps/email/src/normalise/normalise.js';
import { partStoreOf } from '../../../apps/email/src/parse/part-store-of.js';
import { anAttachment, anInteractionOf, download, insertInteraction, problemOf, sha256Of } from './downloads.js';
import { OUR_ACCOUNT } from './identities.js';
import { aWorld, type World } from './world.js';

let world: World;
let mail: Interaction;
beforeAll(async () => {
  world = await aWorld();
  mail = await aStoredMail();
});
afterAll(() => world.close());

const PHOTO = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256));
const HOSTILE_PAGE = Buffer.from('<script>alert(1)</script>');

/** A mail with a photo and a page, both with names that are made to hurt. */
const mailBytes = Buffer.from(
  [
    'From: Carla Dias <carla@customer.example>',
    'To: support@acme.example',
    'Subject: The lamp',
    'Date: Fri, 20 Nov 2026 09:00:00 +0000',
    'Message-ID: <content@customer.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'It does not light.',
    '--b',
    "Content-Type: image/jpeg; name*=UTF-8''..%2F..%2Fl%C3%A4mp%0D%0Aset-cookie%3A%20x%3D1%E2%80%AE%22.jpg",
    'Content-Disposition: attachment',
    'Content-Transfer-Encoding: base64',
    '',
    ...(PHOTO.toString('base64').match(/.{1,76}/g) ?? []),
    '--b',
    'Content-Type: text/html; name="page.html"',
    'Content-Disposition: attachment; filename="page.html"',
    'Content-Transfer-Encoding: base64',
    '',
    HOSTILE_PAGE.toString('base64'),
    '--b--',
    '',
  ].join('\r\n'),
);

/** The mail as the adapter takes it in: read, stored and normalised. */
async function aStoredMail(): Promise<Interaction> {
  const parts = partStoreOf(world.blobs);
  const payload = await parseMail(sourceOfBytes(mailBytes), parts);
  const raw = { ...(await parts.put(mailBytes)), mediaType: 'message/rfc822' };
  const mailbox = 'support@acme.example';
  const delivery = {
    provider: 'smtp' as const,
    mailbox,
    receivedAt: new Date(),
    envelopeFrom: null,
    envelopeRecipients: [],
  };
  const settings = { accountId: OUR_ACCOUNT, tokenSecret: 'a secret for tests only', trustedAuthservId: null };
  const { sha256, size, mediaType } = raw;
  return insertInteraction(world, normalise(payload, { ...delivery, raw: { sha256, size, mediaType } }, settings));
}

const sha256 = sha256Of(PHOTO);

describe('GET /v1/interactions/{id}/content/{sha256}', () => {
  it('gives every byte of the attachments and of the original of a real mail, under harmless names', async () => {
    const { id, content } = mail;
    const [photo, page] = content.attachments;
    expect(photo?.name).toContain('set-cookie');
    const shown = await download(world, id, photo?.sha256);
    expect([shown.status, shown.bytes.equals(PHOTO)]).toEqual([200, true]);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': '200000',
      etag: `"${sha256Of(PHOTO)}"`,
      'cache-control': 'private, max-age=31536000, immutable',
      vary: 'authorization',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    });
    expect(shown.headers.get('set-cookie')).toBeNull();
    const disposition = shown.headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+\.jpg"; filename\*=UTF-8''[\w%.-]+\.jpg$/);
    expect(decodeURIComponent(disposition)).toContain('lämp');
    expect(disposition).not.toMatch(/%2F|%0D|%0A|%E2%80%AE|%22|\//i);

    const run = await download(world, id, page?.sha256);
    expect([run.bytes.equals(HOSTILE_PAGE), run.headers.get('content-type')]).toEqual([
      true,
      'application/octet-stream',
    ]);
    const raw = await download(world, id, content.raw?.sha256);
    expect([raw.bytes.equals(mailBytes), raw.headers.get('content-type')]).toEqual([true, 'message/rfc822']);
    expect(raw.headers.get('content-disposition')).toContain(`filename="${id}.eml"`);
  });

  it('gives large text and HTML that were stored by reference, and what is empty', async () => {
    const text = Buffer.from('Längeres '.repeat(10_000));
    const empty = Buffer.alloc(0);
    await Promise.all([world.blobs.put(text), world.blobs.put(empty)]);
    const { id } = await anInteractionOf(world, {
      textReference: { sha256: sha256Of(text), size: text.length, mediaType: 'text/plain; charset=utf-8' },
      attachments: [anAttachment(empty)],
    });
    const whole = await download(world, id, sha256Of(text));
    expect([whole.bytes.equals(text), whole.headers.get('content-type')]).toEqual([true, 'text/plain; charset=utf-8']);
    const nothing = await download(world, id, sha256Of(empty));
    expect([nothing.status, nothing.bytes.length, nothing.headers.get('content-length')]).toEqual([200, 0, '0']);
  });

  it('sends nothing to who has it, and only headers to HEAD', async () => {
    const { id } = mail;
    const known = await download(world, id, sha256, { headers: { 'if-none-match': `"old", W/"${sha256}"` } });
    expect([known.status, known.bytes.length, known.headers.get('etag')]).toEqual([304, 0, `"${sha256}"`]);
    expect(known.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect((await download(world, id, sha256, { headers: { 'if-none-match': '"old"' } })).status).toBe(200);
    const head = await download(world, id, sha256, { method: 'HEAD' });
    expect([head.status, head.bytes.length, head.headers.get('content-length')]).toEqual([200, 0, '200000']);
  });

  it('opens nothing by a digest alone: only what this interaction refers to, for its own account', async () => {
    const { id } = mail;
    const other = await anInteractionOf(world, { attachments: [] });
    const missing = { status: 404, code: 'not-found' };
    expect(problemOf(await download(world, other.id, sha256))).toMatchObject(missing);
    expect(problemOf(await download(world, other.id, sha256, { headers: { 'if-none-match': '*' } }))).toMatchObject(
      missing,
    );
    for (const name of [sha256.toUpperCase(), 'x', '..%2F..%2Fetc%2Fpasswd', '%00', '__proto__']) {
      expect([name, problemOf(await download(world, id, name)).status]).toEqual([name, 404]);
    }
    expect(problemOf(await download(world, 'none', sha256))).toMatchObject(missing);
    const theirs = { headers: { authorization: `Bearer ${world.theirs}` } };
    expect(problemOf(await download(world, id, sha256, theirs))).toMatchObject(missing);
    expect((await download(world, id, sha256, { headers: { authorization: '' } })).status).toBe(401);
  });

  it('says that content is gone', async () => {
    const { id } = await anInteractionOf(world, { attachments: [anAttachment(Buffer.from('never stored'))] });
    const answer = problemOf(await download(world, id, sha256Of(Buffer.from('never stored'))));
    expect(answer).toEqual({
      status: 410,
      code: 'content-gone',
      detail: 'The content is no longer in the blob store.',
    });
  });
});
