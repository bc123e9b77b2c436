/** A record that waits in the outbox. The log's own type has the same shape. */
export interface OutboxRecord {
  readonly topic: string;
  readonly key: string | null;
  /** Null is a tombstone. */
  readonly value: Buffer | string | null;
  readonly headers: Readonly<Record<string, string>>;
}

const NEWLINE = 0x0a;
const LINE_FEED = Buffer.from([NEWLINE]);

/**
 * Frames records for `outbox.records`: for each a line of JSON `[topic, key, headers, value bytes or -1]`, the value's
 * bytes and a line feed. Values keep every byte.
 */
export function encodeRecords(records: readonly OutboxRecord[]): Buffer {
  const frames = records.flatMap(({ topic, key, headers, value }) => {
    const bytes = value === null ? Buffer.alloc(0) : Buffer.from(value);
    const head = JSON.stringify([topic, key, headers, value === null ? -1 : bytes.length]);
    return [Buffer.from(`${head}\n`), bytes, LINE_FEED];
  });
  return Buffer.concat(frames);
}

type Head = [topic: string, key: string | null, headers: Record<string, string>, length: number];

/** Reads what `encodeRecords` framed; values are views of the given bytes. */
export function decodeRecords(bytes: Buffer): OutboxRecord[] {
  const records: OutboxRecord[] = [];
  let position = 0;
  while (position < bytes.length) {
    const end = bytes.indexOf(NEWLINE, position);
    const [topic, key, headers, length] = JSON.parse(bytes.toString('utf8', position, end)) as Head;
    const start = end + 1;
    const after = start + Math.max(length, 0);
    records.push({ topic, key, headers, value: length < 0 ? null : bytes.subarray(start, after) });
    position = after + 1;
  }
  return records;
}
