import type { Admin } from 'kafkajs';

import { GroupIsActive } from '../errors.js';
import type { PartitionLag } from '../event-log.js';
import { askAgain } from './ask-again.js';
import type { PrefixedNames } from './prefixed-names.js';

/** A broker that has just become the leader of a partition refuses for a moment. */
export function topicOffsets(admin: Admin, topic: string): ReturnType<Admin['fetchTopicOffsets']> {
  return askAgain(() => admin.fetchTopicOffsets(topic));
}

/** Per partition: how far the group is and how far the topic goes. */
export async function groupLag(
  admin: Admin,
  names: PrefixedNames,
  group: string,
  topics: readonly string[],
): Promise<PartitionLag[]> {
  const inKafka = topics.map(names.inKafka);
  const offsets = await admin.fetchOffsets({ groupId: names.inKafka(group), topics: inKafka });
  const committed = new Map(
    offsets.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic}/${partition}`, BigInt(offset)]),
    ),
  );
  const lags = await Promise.all(
    inKafka.map(async (topic) =>
      (await topicOffsets(admin, topic)).map(({ partition, low, high }) => {
        const found = committed.get(`${topic}/${partition}`) ?? -1n;
        const [first, end] = [BigInt(low), BigInt(high)];
        // What retention has taken away is not behind any more.
        const position = found > first ? found : first;
        const lag = end > position ? end - position : 0n;
        return { topic: names.ours(topic), partition, committed: found < 0n ? null : found, end, lag };
      }),
    ),
  );
  return lags.flat().sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
}

/** Sets a group to the first records; ends in GroupIsActive while it has members, whose commits would undo it. */
export async function rewindGroup(
  admin: Admin,
  names: PrefixedNames,
  group: string,
  topics: readonly string[],
): Promise<void> {
  const groupId = names.inKafka(group);
  const { groups } = await admin.describeGroups([groupId]);
  if (groups.some(({ members }) => members.length > 0)) {
    throw new GroupIsActive(group);
  }
  for (const topic of topics.map(names.inKafka)) {
    const first = await topicOffsets(admin, topic);
    const partitions = first.map(({ partition, low }) => ({ partition, offset: low }));
    await admin.setOffsets({ groupId, topic, partitions });
  }
}
