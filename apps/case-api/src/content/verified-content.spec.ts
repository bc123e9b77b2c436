import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DamagedContent, verifiedContent } from './verified-content.js';

const nameOf = (content: Buffer) => ({
  sha256: createHash('sha256').update(content).digest('hex'),
  size: content.length,
});
const streamOf = (...chunks: readonly Buffer[]) => Readable.from(chunks, { objectMode: false });

/** What arrives before the end or the error, and the error. */
async function received(content: Readable): Promise<{ readonly bytes: number; readonly error: unknown }> {
  let bytes = 0;
  try {
    for await (const chunk of content) {
      bytes += (chunk as Buffer).length;
    }
    return { bytes, error: null };
  } catch (error) {
    return { bytes, error };
  }
}

describe('verified content', () => {
  it('is what was stored, in whatever pieces it comes', async () => {
    const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        const chunks = parts.map((part) => Buffer.from(part));
        const whole = Buffer.concat(chunks);
        expect((await buffer(verifiedContent(streamOf(...chunks), nameOf(whole)))).equals(whole)).toBe(true);
      }),
    );
  });

  it('never arrives whole when it is damaged, cut off or longer', async () => {
    const whole = Buffer.alloc(300_000, 'lamp');
    const changed = Buffer.from(whole);
    changed[7] = 0;
    const longer = Buffer.concat([whole, whole]);
    for (const stored of [changed, whole.subarray(0, 299_999), Buffer.concat([whole, Buffer.from('x')]), longer]) {
      const chunks = [0, 1, 2, 3, 4, 5].map((index) => stored.subarray(index * 100_000, (index + 1) * 100_000));
      const { bytes, error } = await received(verifiedContent(streamOf(...chunks), nameOf(whole)));
      expect(error).toBeInstanceOf(DamagedContent);
      expect(bytes).toBeLessThan(whole.length);
    }
  });

  it('fails when the store does', async () => {
    const broken = new Readable({ read: () => undefined });
    const content = verifiedContent(broken, nameOf(Buffer.from('x')));
    broken.destroy(new Error('input/output error'));
    expect(await received(content)).toMatchObject({ bytes: 0, error: { message: 'input/output error' } });
  });

  it('lets go of the store when its reader leaves', async () => {
    const stored = new Readable({ read: () => undefined });
    const closed = new Promise<void>((resolve) => stored.once('close', resolve));
    verifiedContent(stored, nameOf(Buffer.from('x'))).destroy();
    await closed;
    expect(stored.destroyed).toBe(true);
  });
});
