import type { OutgoingRecord } from '../event-log.js';

/** What a record costs besides its fields: lengths, timestamp and offset deltas of Kafka's record format v2, rounded up. */
const FIXED_BYTES = 32;
const FIXED_BYTES_PER_HEADER = 8;

/** Bytes of a record on the wire, never underestimated. */
export function recordSize(record: OutgoingRecord): number {
  let bytes = FIXED_BYTES + byteLength(record.key) + byteLength(record.value);
  for (const name in record.headers) {
    bytes += FIXED_BYTES_PER_HEADER + Buffer.byteLength(name) + Buffer.byteLength(record.headers[name] ?? '');
  }
  return bytes;
}

function byteLength(content: Buffer | string | null): number {
  return content === null ? 0 : Buffer.byteLength(content);
}
