import { CASE_BUILDER_GROUP } from '#libs/interaction';
import type { EventLog, PartitionLag } from '#libs/messaging';

/** How far case-builder is in each partition of a topic; null when the topic is not there. */
export async function topicLag(log: EventLog, topic: string): Promise<PartitionLag[] | null> {
  try {
    const partitions = await log.lag(CASE_BUILDER_GROUP, [topic]);
    return partitions.length === 0 ? null : partitions;
  } catch (error) {
    if (isMissingTopic(error)) {
      return null;
    }
    throw error;
  }
}

/** The log's own error, or Kafka's by its protocol name. */
function isMissingTopic(error: unknown): boolean {
  const { name, type } = error as { readonly name?: string; readonly type?: string };
  return name === 'UnknownTopic' || type === 'UNKNOWN_TOPIC_OR_PARTITION';
}

export function sumOf(numbers: readonly bigint[]): bigint {
  return numbers.reduce((total, one) => total + one, 0n);
}
