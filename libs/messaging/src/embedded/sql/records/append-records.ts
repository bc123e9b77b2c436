import type { Pool } from 'pg';

import { channels } from '../../lock-spaces.js';

/** Where a record goes. */
export interface AppendPlace {
  readonly topicId: number;
  readonly isCompacted: boolean;
  readonly partition: number;
}

/** A record as the table holds it; `headers` is JSON. */
export interface AppendRecord {
  readonly place: AppendPlace;
  readonly key: Buffer | null;
  readonly headers: Buffer;
  readonly value: Buffer | null;
}

const statement = `
  with slot as (
    select * from unnest($1::int[], $2::int[], $3::bool[], $4::int[]) with ordinality
      as s (topic_id, partition, is_compacted, records, number)
  ), locked as (
    -- in order, so that two appenders never wait for each other
    select topic_id, partition from log_partition join slot using (topic_id, partition)
    order by topic_id, partition for update of log_partition
  ), advanced as (
    update log_partition p set next_offset = p.next_offset + s.records
    from slot s join locked using (topic_id, partition)
    where p.topic_id = s.topic_id and p.partition = s.partition
    returning s.number, s.is_compacted, p.topic_id, p.partition, p.next_offset - s.records as first_offset
  ), appended as (
    insert into log_record (topic_id, partition, record_offset, recorded_at, is_compacted, key, headers, value)
    select a.topic_id, a.partition, a.first_offset + r.ordinal, clock_timestamp(), a.is_compacted,
      case when key_length >= 0 then substring($5::bytea from key_start for key_length) end,
      convert_from(substring($5 from key_start + greatest(key_length, 0) for headers_length), 'UTF8')::json,
      case when value_length >= 0
        then substring($5 from key_start + greatest(key_length, 0) + headers_length for value_length) end
    from unnest($6::int[], $7::int[], $8::int[], $9::int[], $10::int[], $11::int[])
      as r (slot, ordinal, key_start, key_length, headers_length, value_length)
    join advanced a on a.number = r.slot
    returning 1
  )
  select count(*)::int as appended, pg_notify('${channels.appended}', '') from appended`;

/**
 * Appends records and resolves when they are committed. Everything travels as one buffer with lengths: an array of
 * bytea would be written as hexadecimal text, twice the size, and parsed again.
 */
export async function appendRecords(pool: Pool, records: readonly AppendRecord[]): Promise<void> {
  const slots = new Map<string, { readonly number: number; readonly place: AppendPlace; records: number }>();
  const columns: [number[], number[], number[], number[], number[], number[]] = [[], [], [], [], [], []];
  const content: Buffer[] = [];
  let start = 1; // substring counts from 1
  for (const { place, key, headers, value } of records) {
    const name = `${place.topicId}/${place.partition}`;
    const slot = slots.get(name) ?? { number: slots.size + 1, place, records: 0 };
    slots.set(name, slot);
    const row = [slot.number, slot.records, start, key?.length ?? -1, headers.length, value?.length ?? -1];
    row.forEach((cell, index) => columns[index]?.push(cell));
    slot.records += 1;
    for (const part of [key, headers, value]) {
      if (part) {
        content.push(part);
        start += part.length;
      }
    }
  }
  const places = [...slots.values()];
  const { rows } = await pool.query<{ appended: number }>({
    name: 'log-append-records',
    text: statement,
    values: [
      places.map(({ place }) => place.topicId),
      places.map(({ place }) => place.partition),
      places.map(({ place }) => place.isCompacted),
      places.map((slot) => slot.records),
      Buffer.concat(content),
      ...columns,
    ],
  });
  if (rows[0]?.appended !== records.length) {
    throw new Error(`The log took ${rows[0]?.appended ?? 0} of ${records.length} records: a partition is missing`);
  }
}
