import type { Queryable } from '../../queryable.js';
import type { PartitionName } from './lock-partition.js';

/**
 * Notes how far the partition was handled and by whom. It only tells; nothing is skipped because of it, since a topic
 * that was made anew counts from 0 again.
 */
export async function advancePartition(
  client: Queryable,
  name: PartitionName,
  nextOffset: bigint,
  owner: string,
): Promise<void> {
  await client.query({
    name: 'advance_partition',
    text: `
      update consumer_partition
      set next_offset = greatest(next_offset, $4), owner = $5, updated_at = now()
      where consumer_group = $1 and topic = $2 and partition = $3`,
    values: [name.group, name.topic, name.partition, nextOffset.toString(), owner],
  });
}
