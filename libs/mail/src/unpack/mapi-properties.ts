import { decodeText } from '../charset/decode-bytes.js';

/** Values by property id: texts decoded, numbers, and bytes as they are; others are left out. */
export type MapiProperties = ReadonlyMap<number, string | number | Buffer>;

const MOST_PROPERTIES = 2_000;
const MOST_VALUES = 10_000;
const NAMED = 0x8000;
const MULTIPLE = 0x1000;
/** Bytes of the values whose length is fixed (MS-OXCDATA §2.11.1), as they are padded to four. */
const FIXED: Readonly<Record<number, number>> = {
  0x0002: 4,
  0x0003: 4,
  0x0004: 4,
  0x0005: 8,
  0x0006: 8,
  0x0007: 8,
  0x000a: 4,
  0x000b: 4,
  0x0014: 8,
  0x0040: 8,
  0x0048: 16,
};
const INTEGER = 0x0003;
const OBJECT = 0x000d;
const STRING8 = 0x001e;
const UNICODE = 0x001f;
const BINARY = 0x0102;
/** Before the content of an object stands the id of its interface. */
const INTERFACE_BYTES = 16;

/** Reads a list of properties (MS-OXTNEF §2.1.3.4) until its end, or until a length leaves it. */
export function mapiProperties(bytes: Buffer, charset: string): MapiProperties {
  const found = new Map<number, string | number | Buffer>();
  const reader = new Reader(bytes);
  const count = Math.min(reader.uint32(), MOST_PROPERTIES);
  for (let index = 0; index < count && !reader.failed; index += 1) {
    const type = reader.uint16();
    const id = reader.uint16();
    if (id >= NAMED) {
      reader.skipName();
    }
    const value = readValue(reader, type, charset);
    if (value !== null && !reader.failed) {
      found.set(id, value);
    }
  }
  return found;
}

/** The first value of a property; null when its type is not read. */
function readValue(reader: Reader, given: number, charset: string): string | number | Buffer | null {
  const type = given & ~MULTIPLE;
  const fixed = FIXED[type];
  const isMultiple = (given & MULTIPLE) !== 0;
  if (fixed !== undefined) {
    const count = isMultiple ? reader.uint32() : 1;
    const value = reader.take(fixed * Math.min(count, MOST_VALUES));
    return type === INTEGER && !isMultiple && value.length >= 4 ? value.readInt32LE(0) : null;
  }
  const count = Math.min(reader.uint32(), MOST_VALUES);
  let first: Buffer | null = null;
  for (let index = 0; index < count && !reader.failed; index += 1) {
    const value = reader.padded();
    first ??= value;
  }
  return first === null || reader.failed ? null : decodeValue(first, type, charset);
}

function decodeValue(value: Buffer, type: number, charset: string): string | Buffer | null {
  switch (type) {
    case STRING8:
      return decodeText(value, charset).text.replaceAll('\0', '');
    case UNICODE:
      return value.toString('utf16le').replaceAll('\0', '');
    case OBJECT:
      return value.subarray(INTERFACE_BYTES);
    case BINARY:
      return value;
    default:
      return null;
  }
}

/** Reads on within the bytes; what would leave them fails once and for all. */
class Reader {
  failed = false;
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  uint16(): number {
    const value = this.take(2);
    return value.length === 2 ? value.readUInt16LE(0) : 0;
  }

  uint32(): number {
    const value = this.take(4);
    return value.length === 4 ? value.readUInt32LE(0) : 0;
  }

  /** A length, so many bytes, and what pads them to four. */
  padded(): Buffer {
    const length = this.uint32();
    const value = this.take(length);
    this.#at = Math.min(this.bytes.length, this.#at + ((4 - (length % 4)) % 4));
    return value;
  }

  /** A named property: the set, then a number or a name. */
  skipName(): void {
    this.take(16);
    if (this.uint32() === 0) {
      this.take(4);
    } else {
      this.padded();
    }
  }

  take(length: number): Buffer {
    if (this.failed || length > this.bytes.length - this.#at) {
      this.failed = true;
      return Buffer.alloc(0);
    }
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }
}
