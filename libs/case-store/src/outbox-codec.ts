/** A record that waits in the outbox. The log's own type has the same shape. */
export interface OutboxRecord {
  readonly topic: string;
  readonly key: string | null;
  /** Null is a tombstone. */
  readonly value: Buffer | string | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface OutboxChunk {
  readonly count: number;
  readonly bytes: Buffer;
}

/** A row stays well below what the relay may hold in memory several times. */
const CHUNK_BYTES = 4 * 1024 * 1024;
const CHUNK_RECORDS = 2000;
const NEWLINE = 0x0a;

/**
 * Frames records for `outbox.records`: for each a line of JSON `[topic, key, headers, value bytes or -1]`, the value's
 * bytes and a line feed. Values are never encoded a second time.
 */
export function encodeRecords(records: readonly OutboxRecord[]): OutboxChunk[] {
  const chunks: OutboxChunk[] = [];
  let frames: Buffer[] = [];
  let text = '';
  let size = 0;
  let count = 0;
  const cut = (): void => {
    if (count > 0) {
      chunks.push({ count, bytes: Buffer.concat([...frames, Buffer.from(text)]) });
    }
    frames = [];
    text = '';
    size = 0;
    count = 0;
  };
  for (const record of records) {
    const length = record.value === null ? -1 : Buffer.byteLength(record.value);
    const head = JSON.stringify([record.topic, record.key, record.headers, length]);
    if (Buffer.isBuffer(record.value)) {
      frames.push(Buffer.from(`${text}${head}\n`), record.value);
      text = '\n';
    } else {
      text += `${head}\n${record.value ?? ''}\n`;
    }
    size += head.length + Math.max(length, 0);
    count += 1;
    if (size >= CHUNK_BYTES || count >= CHUNK_RECORDS) {
      cut();
    }
  }
  cut();
  return chunks;
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
