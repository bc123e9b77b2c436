import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { anAttachment, anInteractionOf, download, problemOf, sha256Of } from './downloads.js';
import { aWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());
afterEach(() => void jest.restoreAllMocks());

describe('a store that fails', () => {
  const whole = Buffer.alloc(300_000, 'lamp');
  const stored = (chunks: () => AsyncGenerator<Buffer>) =>
    jest.spyOn(world.blobs, 'get').mockImplementation(() => Promise.resolve(Readable.from(chunks())));
  const logged = () => world.log.splice(0).join('');

  it('at once is a problem, which says nothing of why', async () => {
    const { id } = await anInteractionOf(world, { attachments: [anAttachment(whole)] });
    stored(async function* () {
      yield await Promise.reject(new Error('EIO: /secret/folder'));
    });
    const answer = await download(world, id, sha256Of(whole));
    expect(problemOf(answer)).toMatchObject({ status: 500, code: 'internal-error' });
    expect(answer.bytes.toString()).not.toContain('secret');
    expect(logged()).toContain('EIO');
  });

  it.each([
    ['breaks', Buffer.alloc(100_000, 'lamp'), new Error('EIO')],
    ['is damaged', Buffer.alloc(200_000, 'lamq'), null],
    ['is longer than announced', Buffer.alloc(300_000, 'lamp'), null],
  ])('in the middle ends the connection instead of passing for whole: %s', async (_, rest, error) => {
    const { id } = await anInteractionOf(world, { attachments: [anAttachment(whole)] });
    logged();
    stored(async function* () {
      yield whole.subarray(0, 50_000);
      yield whole.subarray(50_000, 100_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
      yield rest;
      if (error !== null) {
        throw error;
      }
    });
    await expect(download(world, id, sha256Of(whole))).rejects.toThrow('terminated');
    expect(logged()).toMatch(/content broke off while it was sent/);
  });

  it('lets go of the content when the client leaves, and calls it no failure', async () => {
    const { id } = await anInteractionOf(world, { attachments: [anAttachment(whole)] });
    logged();
    const opened = new Readable({ read: () => undefined });
    opened.push(whole.subarray(0, 100_000));
    opened.push(whole.subarray(100_000, 200_000));
    jest.spyOn(world.blobs, 'get').mockResolvedValue(opened);
    const closed = new Promise<void>((resolve) => opened.once('close', resolve));
    const headers = { authorization: `Bearer ${world.ours}` };
    const url = await world.application.getUrl();
    const leaving = request(`${url}/v1/interactions/${id}/content/${sha256Of(whole)}`, { headers }, (reply) => {
      reply.once('data', () => leaving.destroy());
    });
    leaving.on('error', () => undefined).end();
    await closed;
    expect(logged()).toBe('');
  });
});
