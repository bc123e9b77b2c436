import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import {
  endless,
  FetchWorld,
  give,
  MEGABYTE,
  NAMED,
  OWN,
  SECRET,
  sha256,
  sound,
  status,
} from '../../testing/fetch-world.js';
import { aWav } from '../../testing/sound-server.js';
import { fetchSound } from './fetch-sound.js';

let world: FetchWorld;
beforeAll(async () => {
  world = await FetchWorld.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

describe('a sound', () => {
  it('comes from the provider, who is told who we are, and is stored with what it is', async () => {
    expect(await world.fetched(world.provider.at(OWN, '/rec'))).toEqual({
      end: 'stored',
      content: { sha256, size: sound.length, mediaType: 'audio/wav' },
      host: OWN,
    });
    expect(world.credentials()).toMatchObject([{ host: OWN, path: '/rec', authorization: SECRET }]);
  });

  it('comes from a host that is named without credentials, over plain HTTP too', async () => {
    expect(await world.fetched(world.stranger.at(NAMED, '/rec'))).toMatchObject({ end: 'stored' });
    expect(await world.fetched(world.provider.at(NAMED, '/rec'))).toMatchObject({ end: 'stored' });
    expect([world.reached().length, world.credentials()]).toEqual([2, []]);
  });

  it('needs no length, and no credentials in the clear', async () => {
    world.answers['/chunked'] = (_, response) => {
      response.writeHead(200).write(sound.subarray(0, 7));
      setTimeout(() => response.end(sound.subarray(7)), 20);
    };
    expect(await world.fetched(world.stranger.at(OWN, '/chunked'))).toMatchObject({
      end: 'stored',
      content: { sha256 },
    });
    expect(world.credentials()).toEqual([]);
  });
});

describe('F8 a sound that is not there', () => {
  it('yet is tried again, and is there the second time', async () => {
    world.answers['/late'] = status(404);
    expect(await world.fetched(world.provider.at(OWN, '/late'))).toMatchObject({ end: 'again', reason: 'not_found' });
    world.answers['/late'] = give(sound);
    expect(await world.fetched(world.provider.at(OWN, '/late'))).toMatchObject({ end: 'stored' });
  });

  it('for us is a matter of credentials; from a signed address its time is over', async () => {
    Object.assign(world.answers, { '/401': status(401), '/403': status(403), '/410': status(410) });
    expect(await world.fetched(world.provider.at(OWN, '/401'))).toMatchObject({
      end: 'failed',
      failure: 'auth',
      host: OWN,
    });
    expect(await world.fetched(world.provider.at(OWN, '/403'))).toMatchObject({ end: 'failed', failure: 'auth' });
    expect(await world.fetched(world.provider.at(NAMED, '/403'))).toMatchObject({ end: 'expired' });
    expect(await world.fetched(world.provider.at(NAMED, '/410'))).toMatchObject({ end: 'expired' });
  });

  it('because a connection breaks is tried again, and nothing of it is stored', async () => {
    world.answers['/broken'] = (_, response) => {
      response.writeHead(200, { 'content-length': '4000' }).write(sound.subarray(0, 1_000));
      setTimeout(() => response.destroy(), 20);
    };
    world.answers['/empty'] = give('');
    expect(await world.fetched(world.provider.at(OWN, '/broken'))).toMatchObject({
      end: 'again',
      reason: 'unreachable',
    });
    expect(await world.fetched(world.provider.at(OWN, '/empty'))).toMatchObject({ end: 'again', reason: 'empty' });
    world.names['gone.acme.local'] = [];
    expect(await world.fetched('https://gone.acme.local/1.wav', { named: ['gone.acme.local'] })).toMatchObject({
      end: 'again',
    });
    expect(world.stored).toBe(0);
  });

  it('is retried when our own store fails, which is nobody else’s fault', async () => {
    const failing = { put: () => Promise.reject(new Error('no space left')) };
    const policy = { ownHosts: [], namedHosts: [NAMED] };
    const request = { address: world.provider.at(NAMED, '/rec'), policy, authorization: null, maxBytes: MEGABYTE };
    const tools = world.tools({ blobs: failing });
    await expect(fetchSound(request, tools, new AbortController().signal)).rejects.toThrow('no space left');
  });
});

describe('what is no sound, or too much of it', () => {
  it.each([
    ['a page that says it is a sound', give('<!doctype html><title>Sign in</title>'), 'not_audio'],
    ['a packed sound', give(gzipSync(aWav()), { 'content-encoding': 'gzip' }), 'not_audio'],
    ['a byte more than is allowed', give(aWav(MEGABYTE + 1)), 'too_large'],
    ['more than is allowed, and no end to it,', endless(Buffer.alloc(MEGABYTE / 4), 1), 'too_large'],
    [
      'a redirect to nowhere',
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(302).end(),
      'invalid_address',
    ],
  ])('%s is refused', async (_, reply, failure) => {
    world.answers['/hostile'] = reply;
    const ended = await world.fetched(world.provider.at(OWN, '/hostile'), { maxBytes: MEGABYTE });
    expect(ended).toMatchObject({ end: 'failed', failure });
    expect(world.stored).toBe(0);
  });

  it('of 51 MB is refused before a byte of it where it tells its length', async () => {
    world.answers['/long'] = (_, response) =>
      void response.writeHead(200, { 'content-length': String(51 * MEGABYTE) }).flushHeaders();
    expect(await world.fetched(world.provider.at(OWN, '/long'))).toMatchObject({ end: 'failed', failure: 'too_large' });
  });

  it('begins beyond the last byte that is allowed', async () => {
    world.answers['/full'] = give(aWav(MEGABYTE));
    const ended = await world.fetched(world.provider.at(OWN, '/full'), { maxBytes: MEGABYTE });
    expect(ended).toMatchObject({ end: 'stored', content: { size: MEGABYTE } });
  });

  it('that comes a byte at a time ends with the time that it has', async () => {
    world.answers['/slow'] = endless(Buffer.alloc(1), 50);
    world.answers['/silent'] = () => undefined;
    const ends = await Promise.all([
      world.fetched(world.provider.at(OWN, '/slow'), { timeoutMs: 400 }),
      world.fetched(world.provider.at(OWN, '/silent'), { timeoutMs: 400 }),
    ]);
    expect(ends).toMatchObject([
      { end: 'again', reason: 'timeout' },
      { end: 'again', reason: 'timeout' },
    ]);
    expect(world.stored).toBe(0);
  });
});
