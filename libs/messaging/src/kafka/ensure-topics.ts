import kafkajs, { type Admin, type ITopicConfig } from 'kafkajs';

import type { TopicDifference, TopicSpecification } from '../event-log.js';
import { askAgain } from './ask-again.js';
import type { PrefixedNames } from './prefixed-names.js';

/** Copies that topics get unless told, where there are that many brokers. */
const WANTED_COPIES = 3;

/** Creates the missing topics with their settings; returns how the present ones differ. Changes no present one. */
export async function ensureTopics(
  admin: Admin,
  specifications: readonly TopicSpecification[],
  names: PrefixedNames,
  replicationFactor?: number,
): Promise<TopicDifference[]> {
  const present = new Set(await admin.listTopics());
  const missing = specifications.filter(({ name }) => !present.has(names.inKafka(name)));
  if (missing.length > 0) {
    const copies = replicationFactor ?? Math.min(WANTED_COPIES, (await admin.describeCluster()).brokers.length);
    // False when another process was faster; then its topics are as good as ours.
    await admin.createTopics({
      topics: missing.map((specification) => topicConfig(specification, names, copies)),
      // kafkajs gives up when the broker does not know the new topic yet; we wait below.
      waitForLeaders: false,
    });
    await waitForLeaders(
      admin,
      missing.map(({ name }) => names.inKafka(name)),
    );
  }
  const compared = specifications.filter(({ name }) => present.has(names.inKafka(name)));
  return compared.length === 0 ? [] : compareTopics(admin, compared, names);
}

/** A topic can be used once each of its partitions has a leader; on a busy broker that takes seconds. */
async function waitForLeaders(admin: Admin, topics: string[]): Promise<void> {
  await askAgain(async () => {
    const metadata = await admin.fetchTopicMetadata({ topics });
    const leaderless = metadata.topics.find(({ partitions }) => partitions.some(({ leader }) => leader < 0));
    if (leaderless !== undefined) {
      throw Object.assign(new Error(`Topic ${leaderless.name} has a partition without a leader`), { retriable: true });
    }
  });
  // A leader that is chosen may not know it yet: it would refuse a part of the first send, and the rest be sent twice.
  await Promise.all(topics.map((topic) => askAgain(() => admin.fetchTopicOffsets(topic))));
}

/** Settings by the names that Kafka gives them. */
function topicSettings({ cleanup, retentionMs, maxMessageBytes }: TopicSpecification): Record<string, string> {
  return {
    'cleanup.policy': cleanup,
    ...(cleanup === 'delete' ? { 'retention.ms': String(retentionMs ?? -1) } : {}),
    'max.message.bytes': String(maxMessageBytes),
  };
}

function topicConfig(specification: TopicSpecification, names: PrefixedNames, copies: number): ITopicConfig {
  // With three copies a record is safe on two before it counts, and one broker may be away.
  const settings = { ...topicSettings(specification), 'min.insync.replicas': String(copies >= 3 ? 2 : 1) };
  return {
    topic: names.inKafka(specification.name),
    numPartitions: specification.partitions,
    replicationFactor: copies,
    configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
  };
}

async function compareTopics(admin: Admin, specifications: readonly TopicSpecification[], names: PrefixedNames) {
  const topics = specifications.map(({ name }) => names.inKafka(name));
  const metadata = await admin.fetchTopicMetadata({ topics });
  const partitions = new Map(metadata.topics.map((topic) => [topic.name, topic.partitions.length]));
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
  });
  const configs = new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  );
  return specifications.flatMap((specification) => {
    const topic = names.inKafka(specification.name);
    const wanted = { partitions: String(specification.partitions), ...topicSettings(specification) };
    const found = new Map(configs.get(topic)).set('partitions', String(partitions.get(topic)));
    return Object.entries(wanted)
      .filter(([setting, value]) => found.get(setting) !== value)
      .map(([setting, value]) => ({
        topic: specification.name,
        setting,
        wanted: value,
        found: found.get(setting) ?? 'unknown',
      }));
  });
}
