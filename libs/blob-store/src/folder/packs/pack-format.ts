/**
 * A pack holds many small blobs in one file, which is written once and made durable once:
 * `CWPACK01`, the number of entries (32 bits), the entries, and the contents one after another. An entry is the SHA-256
 * (32 bytes), where the content begins in the file, and its size (32 bits each); numbers are big-endian.
 * An entry whose SHA-256 is all zeros was erased, and its content with it.
 */
export interface PackEntry {
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
}

/** A blob that is about to be written. */
export interface SmallBlob {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly content: Uint8Array;
}

const MAGIC = Buffer.from('CWPACK01', 'latin1');
const COUNT_AT = MAGIC.length;
const SHA256_BYTES = 32;
const ENTRY_BYTES = SHA256_BYTES + 8;

/** Bytes before the entries. */
export const PACK_HEAD_BYTES = COUNT_AT + 4;
/** A hard link each: file systems allow some ten thousand per file. */
export const MOST_IN_A_PACK = 1000;

/** The whole file. */
export function encodePack(blobs: readonly SmallBlob[]): Buffer {
  const head = Buffer.alloc(PACK_HEAD_BYTES + blobs.length * ENTRY_BYTES);
  MAGIC.copy(head);
  head.writeUInt32BE(blobs.length, COUNT_AT);
  let offset = head.length;
  blobs.forEach(({ sha256, content }, index) => {
    const at = PACK_HEAD_BYTES + index * ENTRY_BYTES;
    head.write(sha256, at, 'hex');
    head.writeUInt32BE(offset, at + SHA256_BYTES);
    head.writeUInt32BE(content.byteLength, at + SHA256_BYTES + 4);
    offset += content.byteLength;
  });
  return Buffer.concat([head, ...blobs.map(({ content }) => content)]);
}

/** How many bytes the entries take, told from the first `PACK_HEAD_BYTES`; null when it is no pack. */
export function tableBytesOf(head: Buffer): number | null {
  if (head.length < PACK_HEAD_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC)) {
    return null;
  }
  const count = head.readUInt32BE(COUNT_AT);
  return count <= MOST_IN_A_PACK ? count * ENTRY_BYTES : null;
}

/** The entries that were not erased. */
export function entriesOf(table: Buffer): PackEntry[] {
  const entries: PackEntry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= table.length; at += ENTRY_BYTES) {
    const sha256 = table.toString('hex', at, at + SHA256_BYTES);
    if (sha256 !== ERASED) {
      entries.push(entryAt(table, at, sha256));
    }
  }
  return entries;
}

/** The entry of a blob and where it stands in the table, or null. */
export function findEntry(table: Buffer, sha256: string): { readonly entry: PackEntry; readonly at: number } | null {
  const wanted = Buffer.from(sha256, 'hex');
  for (let at = 0; at + ENTRY_BYTES <= table.length; at += ENTRY_BYTES) {
    if (table.compare(wanted, 0, SHA256_BYTES, at, at + SHA256_BYTES) === 0) {
      return { entry: entryAt(table, at, sha256), at: PACK_HEAD_BYTES + at };
    }
  }
  return null;
}

/** What the SHA-256 of an erased entry is overwritten with. */
export const ERASED_SHA256 = Buffer.alloc(SHA256_BYTES);
const ERASED = ERASED_SHA256.toString('hex');

function entryAt(table: Buffer, at: number, sha256: string): PackEntry {
  const offset = table.readUInt32BE(at + SHA256_BYTES);
  return { sha256, offset, size: table.readUInt32BE(at + SHA256_BYTES + 4) };
}
