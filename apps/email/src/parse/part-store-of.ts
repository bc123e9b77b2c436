import type { BlobStore } from '#libs/blob-store';
import type { PartStore } from '#libs/mail';

/** The parser's view of the blob store. */
export function partStoreOf(blobs: BlobStore): PartStore {
  return {
    async put(content) {
      const result = await blobs.put(content);
      if (!result.ok) {
        throw new Error(`the blob store refused a part: ${result.reason}`);
      }
      return result;
    },
  };
}
