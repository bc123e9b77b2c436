import type { Readable } from 'node:stream';

/** What became of a `put`. */
export type PutResult =
  | { readonly ok: true; /** Lower-case hex. */ readonly sha256: string; /** Bytes. */ readonly size: number }
  | { readonly ok: false; readonly reason: 'too-large' };

/** Bytes from the first to the last, both included; both are there. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Content that a store has. */
export interface StoredBlob {
  readonly sha256: string;
  /** By the clock of whatever keeps it. */
  readonly writtenAt: Date;
}

/** Content addressed by its SHA-256: the same content is stored once, and a name never changes its meaning. */
export interface BlobStore {
  /**
   * Stores content while hashing it. Resolves when it is durable. Content over `maxBytes` is refused and leaves nothing
   * behind; the rest of its stream is read to the end, so that the sender can still be answered.
   * Rejects when the store failed or the stream broke.
   */
  put(content: Readable | Uint8Array, limits?: { readonly maxBytes?: number }): Promise<PutResult>;
  /** The content or a part of it, or null when there is none of that name. */
  get(sha256: string, range?: ByteRange): Promise<Readable | null>;
  /** Whether the store takes writes now; the reason when it does not. */
  check(): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;
  /** The content whose name begins with these two hexadecimal digits; what comes and goes meanwhile may be among it. */
  list(beginning: string): Promise<StoredBlob[]>;
  /** Removes content; true when there was some. */
  delete(sha256: string): Promise<boolean>;
  /**
   * Removes content unless somebody has put it since an instant, whether or not it was there already: who puts content is
   * about to refer to it. What is put meanwhile stays.
   */
  deleteUnlessPut(sha256: string, since: Date): Promise<'deleted' | 'absent' | 'put'>;
}
