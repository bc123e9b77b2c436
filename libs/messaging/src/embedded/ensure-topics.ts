import type { Pool } from 'pg';

import type { TopicDifference, TopicSpecification } from '../event-log.js';
import { insertTopics } from './sql/topics/insert-topics.js';
import type { TopicRow } from './sql/topics/load-topics.js';
import type { TopicDirectory } from './topic-directory.js';

/** Creates the missing topics; returns how the present ones differ. Changes no present one. */
export async function ensureTopics(
  pool: Pool,
  directory: TopicDirectory,
  specifications: readonly TopicSpecification[],
): Promise<TopicDifference[]> {
  await insertTopics(pool, specifications);
  const topics = new Map((await directory.refresh()).map((row) => [row.name, row]));
  return specifications.flatMap((specification) => {
    const found = topics.get(specification.name);
    return found ? compare(specification, found) : [];
  });
}

/** Settings go by the names that Kafka gives them, so that a report reads the same on both logs. */
function compare(specification: TopicSpecification, found: TopicRow): TopicDifference[] {
  const settings: [string, string | number | null, string | number | null][] = [
    ['partitions', specification.partitions, found.partitions],
    ['cleanup.policy', specification.cleanup, found.isCompacted ? 'compact' : 'delete'],
    ['max.message.bytes', specification.maxMessageBytes, found.maxMessageBytes],
  ];
  if (specification.cleanup === 'delete') {
    settings.push(['retention.ms', specification.retentionMs ?? -1, found.retentionMs ?? -1]);
  }
  return settings
    .filter(([, wanted, present]) => wanted !== present)
    .map(([setting, wanted, present]) => ({
      topic: specification.name,
      setting,
      wanted: String(wanted),
      found: String(present),
    }));
}
