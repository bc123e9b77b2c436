import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { MailSource } from './content/mime-content.js';
import type { PartStore } from './content/stored-parts.js';

/** A part store that keeps everything in memory: for the command that touches nothing, and for tests. */
export interface MemoryParts extends PartStore {
  readonly contents: ReadonlyMap<string, Buffer>;
}

export function memoryParts(): MemoryParts {
  const contents = new Map<string, Buffer>();
  return {
    contents,
    async put(content) {
      const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      contents.set(sha256, bytes);
      return { sha256, size: bytes.length };
    },
  };
}

/** A mail that is in memory. */
export function sourceOfBytes(bytes: Buffer): MailSource {
  return { size: bytes.length, bytes, open: async () => Readable.from([bytes]) };
}
