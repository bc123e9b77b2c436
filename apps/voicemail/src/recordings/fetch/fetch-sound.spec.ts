import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { BlobStore } from '#libs/blob-store';
import { aCertificate, aWav, startSoundServer, type SoundServer } from '../../testing/sound-server.js';
import { fetchSound, type FetchEnd, type SoundRequest } from './fetch-sound.js';

const OWN = 'api.twilio.com';
const OTHER_OWN = 'media.twilio.com';
const NAMED = 'pbx.acme.local';
const MEGABYTE = 1024 * 1024;
const SECRET = 'Basic QUM6c2VjcmV0';
const sound = aWav();
const sha256 = createHash('sha256').update(sound).digest('hex');

let ca: string;
let provider: SoundServer;
/** Speaks plain HTTP, and is nobody's provider. */
let stranger: SoundServer;
/** Where a name leads the second time: the machine's own network. */
let inside: SoundServer;
/** What names lead to, one answer after another; the last one stays. */
let names: Record<string, string[]>;
let asked: string[];
let stored: number;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const redirect =
  (to: string, status = 302): Answer =>
  (_, response) =>
    void response.writeHead(status, { location: to }).end('moved');
const give =
  (body: Buffer | string, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'audio/wav', ...headers }).end(body);
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end('no');
/** For ever, a chunk at a time. */
const endless =
  (chunk: Buffer, pauseMs: number, first: Buffer = aWav(64)): Answer =>
  (request, response) => {
    response.writeHead(200, { 'content-type': 'audio/wav' }).write(first);
    const timer = setInterval(() => response.write(chunk), pauseMs);
    request.socket.once('close', () => clearInterval(timer));
  };
const answers: Record<string, Answer> = {};
const answer: Answer = (request, response) => (answers[request.url ?? ''] ?? status(404))(request, response);

beforeAll(async () => {
  const certificate = await aCertificate(OWN, OTHER_OWN, NAMED, 'evil.example');
  ca = certificate.cert;
  provider = await startSoundServer(answer, { certificate });
  stranger = await startSoundServer(answer);
  inside = await startSoundServer(answer, { certificate, address: '127.0.0.2', port: provider.port });
});
afterAll(() => Promise.all([provider.close(), stranger.close(), inside.close()]));
beforeEach(() => {
  Object.keys(answers).forEach((path) => delete answers[path]);
  Object.assign(answers, { '/rec': give(sound) });
  [provider, stranger, inside].forEach(({ seen }) => seen.splice(0));
  names = { [OWN]: ['127.0.0.1'], [OTHER_OWN]: ['127.0.0.1'], [NAMED]: ['127.0.0.1'] };
  [asked, stored] = [[], 0];
});

const resolve = async (host: string): Promise<string[]> => {
  asked.push(host);
  const told = names[host] ?? [];
  const address = told.length > 1 ? told.shift() : told[0];
  if (address === undefined) {
    throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
  }
  return [address];
};
const blobs: Pick<BlobStore, 'put'> = {
  put: async (content) => {
    const chunks: Buffer[] = [];
    for await (const chunk of content as Readable) {
      chunks.push(chunk as Buffer);
    }
    stored += 1;
    const whole = Buffer.concat(chunks);
    return { ok: true, sha256: createHash('sha256').update(whole).digest('hex'), size: whole.length };
  },
};

/** On this machine the provider's hosts are private, so that a test that fetches from them has to name them, too. */
function fetched(
  address: string,
  {
    named = [OWN, OTHER_OWN, NAMED],
    timeoutMs = 5_000,
    ...given
  }: Partial<SoundRequest> & { named?: string[]; timeoutMs?: number } = {},
): Promise<FetchEnd> {
  const policy = { ownHosts: [OWN, OTHER_OWN], namedHosts: named };
  const request = { address, policy, authorization: SECRET, maxBytes: 50 * MEGABYTE, ...given };
  return fetchSound(request, { blobs, resolve, timeoutMs, ca }, new AbortController().signal);
}
const credentials = () =>
  [provider, stranger, inside].flatMap(({ seen }) => seen.filter(({ authorization }) => authorization !== undefined));
const reached = () =>
  [provider, stranger, inside].flatMap(({ seen }) => seen.map(({ host, path }) => `${host}${path}`));

describe('a sound', () => {
  it('comes from the provider, who is told who we are, and is stored with what it is', async () => {
    expect(await fetched(provider.at(OWN, '/rec'))).toEqual({
      end: 'stored',
      content: { sha256, size: sound.length, mediaType: 'audio/wav' },
      host: OWN,
    });
    expect(credentials()).toMatchObject([{ host: OWN, path: '/rec', authorization: SECRET }]);
  });

  it('comes from a host that is named without credentials, over plain HTTP too', async () => {
    expect(await fetched(stranger.at(NAMED, '/rec'))).toMatchObject({ end: 'stored' });
    expect(await fetched(provider.at(NAMED, '/rec'))).toMatchObject({ end: 'stored' });
    expect([reached().length, credentials()]).toEqual([2, []]);
  });

  it('needs no length, and no credentials in the clear', async () => {
    answers['/chunked'] = (_, response) => {
      response.writeHead(200).write(sound.subarray(0, 7));
      setTimeout(() => response.end(sound.subarray(7)), 20);
    };
    expect(await fetched(stranger.at(OWN, '/chunked'))).toMatchObject({ end: 'stored', content: { sha256 } });
    expect(credentials()).toEqual([]);
  });
});

describe('F8 a sound that is not there', () => {
  it('yet is tried again, and is there the second time', async () => {
    answers['/late'] = status(404);
    expect(await fetched(provider.at(OWN, '/late'))).toMatchObject({ end: 'again', reason: 'not_found' });
    answers['/late'] = give(sound);
    expect(await fetched(provider.at(OWN, '/late'))).toMatchObject({ end: 'stored' });
  });

  it('for us is a matter of credentials; from a signed address its time is over', async () => {
    Object.assign(answers, { '/401': status(401), '/403': status(403), '/410': status(410) });
    expect(await fetched(provider.at(OWN, '/401'))).toMatchObject({ end: 'failed', failure: 'auth', host: OWN });
    expect(await fetched(provider.at(OWN, '/403'))).toMatchObject({ end: 'failed', failure: 'auth' });
    expect(await fetched(provider.at(NAMED, '/403'))).toMatchObject({ end: 'expired' });
    expect(await fetched(provider.at(NAMED, '/410'))).toMatchObject({ end: 'expired' });
  });

  it('because a connection breaks is tried again, and nothing of it is stored', async () => {
    answers['/broken'] = (_, response) => {
      response.writeHead(200, { 'content-length': '4000' }).write(sound.subarray(0, 1_000));
      setTimeout(() => response.destroy(), 20);
    };
    answers['/empty'] = give('');
    expect(await fetched(provider.at(OWN, '/broken'))).toMatchObject({ end: 'again', reason: 'unreachable' });
    expect(await fetched(provider.at(OWN, '/empty'))).toMatchObject({ end: 'again', reason: 'empty' });
    names['gone.acme.local'] = [];
    expect(await fetched('https://gone.acme.local/1.wav', { named: ['gone.acme.local'] })).toMatchObject({
      end: 'again',
    });
    expect(stored).toBe(0);
  });

  it('is retried when our own store fails, which is nobody else’s fault', async () => {
    const failing = { put: () => Promise.reject(new Error('no space left')) };
    const policy = { ownHosts: [], namedHosts: [NAMED] };
    const request = { address: provider.at(NAMED, '/rec'), policy, authorization: null, maxBytes: MEGABYTE };
    const tools = { blobs: failing, resolve, timeoutMs: 5_000, ca };
    await expect(fetchSound(request, tools, new AbortController().signal)).rejects.toThrow('no space left');
  });
});

describe('what is no sound, or too much of it', () => {
  it.each([
    ['a page that says it is a sound', give('<!doctype html><title>Sign in</title>'), 'not_audio'],
    ['a packed sound', give(gzipSync(aWav()), { 'content-encoding': 'gzip' }), 'not_audio'],
    ['51 MB', give(aWav(51 * MEGABYTE)), 'too_large'],
    ['51 MB of which nobody says how many', endless(Buffer.alloc(4 * MEGABYTE), 1), 'too_large'],
    [
      'a redirect to nowhere',
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(302).end(),
      'invalid_address',
    ],
  ])('%s is refused', async (_, reply, failure) => {
    answers['/hostile'] = reply;
    expect(await fetched(provider.at(OWN, '/hostile'))).toMatchObject({ end: 'failed', failure });
    expect(stored).toBe(0);
  });

  it('says so before it is sent where it tells its length', async () => {
    answers['/long'] = (_, response) =>
      void response.writeHead(200, { 'content-length': String(51 * MEGABYTE) }).write(aWav(64));
    expect(await fetched(provider.at(OWN, '/long'))).toMatchObject({ end: 'failed', failure: 'too_large' });
  });

  it('that comes a byte at a time ends with the time that it has', async () => {
    answers['/slow'] = endless(Buffer.alloc(1), 50);
    answers['/silent'] = () => undefined;
    const ends = await Promise.all([
      fetched(provider.at(OWN, '/slow'), { timeoutMs: 400 }),
      fetched(provider.at(OWN, '/silent'), { timeoutMs: 400 }),
    ]);
    expect(ends).toMatchObject([
      { end: 'again', reason: 'timeout' },
      { end: 'again', reason: 'timeout' },
    ]);
    expect(stored).toBe(0);
  });
});

describe('an address that leads elsewhere', () => {
  it('F8 is never asked when its host is nobody’s', async () => {
    for (const address of [
      'https://evil.example/rec.wav',
      `https://${OWN}.evil.example/rec`,
      `https://${OWN}@evil.example/rec`,
      `https://user:secret@${OWN}/rec`,
      'https://169.254.169.254/latest/meta-data/',
      'https://2130706433/rec',
      'https://0177.0.0.1/rec',
      'https://0x7f000001/rec',
      'https://[::ffff:127.0.0.1]/rec',
    ]) {
      expect([address, (await fetched(address)).end]).toEqual([address, 'failed']);
    }
    expect([asked, reached()]).toEqual([[], []]);
  });

  it.each([
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data/', 'host_not_allowed'],
    ['another host', () => provider.at('evil.example', '/rec'), 'host_not_allowed'],
    ['ourselves', () => 'https://127.0.0.1/rec', 'host_not_allowed'],
    ['ourselves in digits', () => 'https://2130706433/rec', 'host_not_allowed'],
    ['somebody behind an at-sign', () => `https://${OWN}@evil.example/rec`, 'invalid_address'],
    ['a file', () => 'file:///etc/passwd', 'invalid_address'],
    ['itself, for ever', () => provider.at(OWN, '/hop'), 'too_many_redirects'],
  ])('by a redirect to %s is refused', async (_, to, failure) => {
    answers['/hop'] = redirect(to());
    expect(await fetched(provider.at(OWN, '/hop'))).toMatchObject({ end: 'failed', failure });
    expect(new Set(reached())).toEqual(new Set([`${OWN}/hop`]));
    expect(stored).toBe(0);
  });

  it('down to plain HTTP is refused, unless the host is named', async () => {
    answers['/hop'] = redirect(stranger.at(OTHER_OWN, '/rec'));
    expect(await fetched(provider.at(OWN, '/hop'), { named: [OWN] })).toMatchObject({ failure: 'host_not_allowed' });
    answers['/hop'] = redirect(`http://${OTHER_OWN}/rec`);
    expect(await fetched(provider.at(OWN, '/hop'), { named: [OWN] })).toMatchObject({ failure: 'not_https' });
    expect(stranger.seen).toEqual([]);
  });

  it('is followed three times, and credentials stay with the host that they are for', async () => {
    Object.assign(answers, {
      '/1': redirect('/2', 301),
      '/2': redirect(provider.at(OTHER_OWN, '/3'), 307),
      '/3': redirect(provider.at(NAMED, '/rec'), 308),
    });
    expect(await fetched(provider.at(OWN, '/1'))).toMatchObject({ end: 'stored', host: NAMED });
    expect(credentials().map(({ host, path }) => `${host}${path}`)).toEqual([`${OWN}/1`, `${OWN}/2`]);
    answers['/rec'] = redirect('/end');
    answers['/end'] = give(sound);
    expect(await fetched(provider.at(OWN, '/1'))).toMatchObject({ end: 'failed', failure: 'too_many_redirects' });
  });

  it('is private, or private as well, and of a host that nobody named', async () => {
    const hidden = [['10.0.0.1'], ['::ffff:127.0.0.1'], ['fd00:ec2::254'], ['169.254.169.254'], ['64:ff9b::7f00:1']];
    for (const addresses of hidden) {
      names[OWN] = addresses;
      expect([addresses, await fetched(`https://${OWN}/rec`, { named: [] })]).toEqual([
        addresses,
        { end: 'failed', failure: 'private_address', host: OWN },
      ]);
    }
    expect(reached()).toEqual([]);
  });

  it('is looked up once: who answered is who is asked, whatever the name says the next time', async () => {
    names[NAMED] = ['127.0.0.1', '127.0.0.2'];
    expect(await fetched(provider.at(NAMED, '/rec'))).toMatchObject({ end: 'stored' });
    expect([asked, provider.seen.length, inside.seen.length]).toEqual([[NAMED], 1, 0]);
  });

  it('is checked anew at each hop: a name that turns private on the way is refused', async () => {
    names[OTHER_OWN] = ['127.0.0.2'];
    answers['/hop'] = redirect(`https://${OTHER_OWN}/rec`);
    expect(await fetched(provider.at(OWN, '/hop'), { named: [OWN] })).toMatchObject({ failure: 'private_address' });
    expect([asked, inside.seen]).toEqual([[OWN, OTHER_OWN], []]);
  });

  it('has a certificate of somebody else', async () => {
    names['files.acme.local'] = ['127.0.0.1'];
    const address = provider.at('files.acme.local', '/rec');
    expect(await fetched(address, { named: ['files.acme.local'] })).toMatchObject({
      end: 'again',
      reason: 'unreachable',
    });
    expect(reached()).toEqual([]);
  });
});
