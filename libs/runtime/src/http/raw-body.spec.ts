import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { readBytes } from './raw-body.js';

describe('the bytes of a body', () => {
  it('are all that came, in order', async () => {
    expect((await readBytes(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3)).toString()).toBe('abc');
  });

  it('are refused beyond the limit, and the stream is left as it is', async () => {
    const body = new Readable({ read() {} });
    const read = readBytes(body, 3);
    body.push(Buffer.from('ab'));
    body.push(Buffer.from('cd'));
    await expect(read).rejects.toMatchObject({ statusCode: 413 });
    expect([body.destroyed, body.isPaused()]).toEqual([false, true]);
  });

  it('are none where they ended before all of them were there', async () => {
    for (const error of [undefined, new Error('aborted')]) {
      const body = new Readable({ read() {} });
      const read = readBytes(body, 10);
      body.push(Buffer.from('ab'));
      body.destroy(error);
      await expect(read).rejects.toMatchObject({ problem: { code: 'malformed-request', status: 400 } });
      await expect(readBytes(body, 10)).rejects.toMatchObject({ problem: { status: 400 } });
    }
  });
});
