import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ContentLinks } from '../../../apps/case-api/src/content/content-links.js';
import { anAttachment, anInteractionOf, download, sha256Of } from './downloads.js';
import { OUR_ACCOUNT } from './identities.js';
import { aWorld, type World } from './world.js';

let world: World;
let base: string;
beforeAll(async () => {
  world = await aWorld();
  base = await world.application.getUrl();
});
afterAll(() => world.close());

const sound = Buffer.concat([Buffer.from('RIFF....WAVEfmt '), Buffer.alloc(100_000, 7)]);
const sha256 = sha256Of(sound);
const page = Buffer.from('<script>alert(1)</script>');
const asSound = { ...anAttachment(sound), name: 'Voicemail.wav', mediaType: 'audio/wav' };
const asPage = { ...anAttachment(page), name: 'page.html', mediaType: 'text/html' };

async function aVoicemail() {
  await Promise.all([world.blobs.put(sound), world.blobs.put(page)]);
  return anInteractionOf(world, { attachments: [asSound, asPage] });
}

const ask = (id: string, digest: string, key = world.ours) =>
  fetch(`${base}/v1/interactions/${id}/content/${digest}/link`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
  });
const linkOf = async (id: string, digest = sha256): Promise<string> => {
  const answer = await ask(id, digest);
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
  return ((await answer.json()) as { url: string }).url;
};
const open = (url: string, headers: Record<string, string> = {}) => fetch(new URL(url, base), { headers });

describe('a sound', () => {
  it('is played in place, whole or in ranges; what is none is a download', async () => {
    const { id } = await aVoicemail();
    const shown = await download(world, id, sha256);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline; filename="Voicemail\.wav"/);
    expect([shown.headers.get('accept-ranges'), shown.headers.get('content-type')]).toEqual(['bytes', 'audio/wav']);
    const other = await download(world, id, sha256Of(page));
    expect(other.headers.get('content-disposition')).toMatch(/^attachment; /);
    const part = await download(world, id, sha256, { headers: { range: 'bytes=0-3' } });
    expect([part.status, part.bytes.toString(), part.headers.get('content-range')]).toEqual([
      206,
      'RIFF',
      `bytes 0-3/${sound.length}`,
    ]);
    const beyond = await download(world, id, sha256, { headers: { range: `bytes=${sound.length}-` } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${sound.length}`]);
  });
});

describe('POST /v1/interactions/{id}/content/{sha256}/link', () => {
  it('gives an address that needs no key, for ten minutes', async () => {
    const { id } = await aVoicemail();
    const answer = await ask(id, sha256);
    const { url, expires_at } = (await answer.json()) as { url: string; expires_at: string };
    const left = Date.parse(expires_at) - Date.now();
    expect([left > 590_000, left <= 600_000]).toEqual([true, true]);
    const whole = await open(url);
    expect([whole.status, Buffer.from(await whole.arrayBuffer()).equals(sound)]).toEqual([200, true]);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'cache-control': 'private, max-age=600',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    });
    const part = await open(url, { range: 'bytes=-4' });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 4]);
    expect((await open(url, { range: `bytes=${sound.length}-` })).status).toBe(416);
    expect((await fetch(new URL(url, base), { method: 'HEAD' })).headers.get('content-length')).toBe(
      String(sound.length),
    );
  });

  it('is refused to whoever may not have the content itself', async () => {
    const { id } = await aVoicemail();
    expect((await ask(id, sha256, world.theirs)).status).toBe(404);
    expect((await ask(id, sha256, 'cwk_none')).status).toBe(401);
    expect((await ask(id, sha256Of(Buffer.from('other')))).status).toBe(404);
  });

  it('opens this content of this interaction and nothing else, and only as it was written', async () => {
    const { id } = await aVoicemail();
    const url = await linkOf(id);
    const [body = '', signature = ''] = url.split('/').slice(-2);
    const forged = (change: (said: Buffer) => void): string => {
      const said = Buffer.from(body, 'base64url');
      change(said);
      return said.toString('base64url');
    };
    for (const token of [
      `${forged((said) => said.write(sha256Of(page), 32, 'hex'))}/${signature}`,
      `${forged((said) => said.writeUIntBE(2 ** 47, 64, 6))}/${signature}`,
      `${body}/${'A'.repeat(43)}`,
      `${body}.${signature.slice(1)}`,
      `${body}`,
      `/${signature}`,
      `${body}/${signature}/x`,
      'x',
      '%00',
      'x/..%2F..',
    ]) {
      expect([token, (await open(`/v1/content-links/${token}`)).status]).toEqual([token, 404]);
    }
  });

  it('ends with the ten minutes, and with the secret', () => {
    let now = 0;
    const links = new ContentLinks(Buffer.from('a secret'), () => now);
    const linked = { accountId: OUR_ACCOUNT, interactionId: OUR_ACCOUNT, sha256 };
    const { token } = links.write(linked);
    now = 599_999;
    expect(links.read(token)).toEqual(linked);
    expect(new ContentLinks(Buffer.from('another'), () => now).read(token)).toBeNull();
    now = 600_000;
    expect(links.read(token)).toBeNull();
  });

  it('ends at once when the interaction is redacted', async () => {
    const { id } = await aVoicemail();
    const url = await linkOf(id);
    await world.database.pool.query('update interaction set redacted_at = now() where id = $1', [id]);
    expect([(await open(url)).status, (await ask(id, sha256)).status]).toEqual([410, 410]);
  });
});
