import type { Queryable } from '../../queryable.js';
import { rowsOf } from '../../queryable.js';
import { storableHeaders, storableText } from '../../storable-text.js';

/** A record that was skipped, untouched, and why. */
export interface DeadLetterRow {
  /** Derived from where and what the record is, so that a second delivery finds the row. */
  readonly id: string;
  readonly accountId: string | null;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly timestamp: Date;
  readonly reason: string;
  readonly stage: string;
  readonly errorClass: string;
  readonly message: string;
  readonly attempts: number;
}

/** Inserts the dead letters and returns the ids of those that were not there yet. */
export async function insertDeadLetters(
  client: Queryable,
  createdAt: string,
  letters: readonly DeadLetterRow[],
): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(client, {
    text: `
      insert into dead_letter (
        id, account_id, consumer_group, topic, record_partition, record_offset, record_key, record_value,
        record_headers, record_timestamp, reason, stage, error_class, message, attempts, created_at
      )
      select given.*, $1::timestamptz
      from unnest(
        $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::text[], $9::bytea[],
        $10::jsonb[], $11::timestamptz[], $12::text[], $13::text[], $14::text[], $15::text[], $16::int[]
      ) as given
      on conflict (id) do nothing
      returning id`,
    values: [createdAt, ...columnsOf(letters)],
  });
  return new Set(rows.map((row) => row.id));
}

/** Dead letters are rare: the driver's own arrays will do. */
function columnsOf(letters: readonly DeadLetterRow[]): unknown[][] {
  return [
    letters.map((letter) => letter.id),
    letters.map((letter) => letter.accountId),
    letters.map((letter) => letter.group),
    letters.map((letter) => letter.topic),
    letters.map((letter) => letter.partition),
    letters.map((letter) => letter.offset.toString()),
    letters.map((letter) => (letter.key === null ? null : storableText(letter.key))),
    letters.map((letter) => letter.value),
    letters.map((letter) => storableHeaders(letter.headers)),
    letters.map((letter) => letter.timestamp.toISOString()),
    letters.map((letter) => letter.reason),
    letters.map((letter) => letter.stage),
    letters.map((letter) => letter.errorClass),
    letters.map((letter) => storableText(letter.message)),
    letters.map((letter) => letter.attempts),
  ];
}
