import type { Queryable } from '../../queryable.js';

export interface PartitionName {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

/**
 * Locks the row of the partition, making it when it is missing. A consumer that has lost the partition without
 * noticing and its successor go one after the other from here on.
 */
export async function lockPartition(client: Queryable, name: PartitionName, owner: string): Promise<void> {
  const values = [name.group, name.topic, name.partition];
  const lock = {
    name: 'lock_partition',
    text: `
      select next_offset
      from consumer_partition
      where consumer_group = $1 and topic = $2 and partition = $3
      for update`,
    values,
  };
  const found = await client.query(lock);
  if (found.rowCount === 0) {
    await client.query({
      text: `
        insert into consumer_partition (consumer_group, topic, partition, next_offset, owner, updated_at)
        values ($1, $2, $3, 0, $4, now())
        on conflict do nothing`,
      values: [...values, owner],
    });
    await client.query(lock);
  }
}
