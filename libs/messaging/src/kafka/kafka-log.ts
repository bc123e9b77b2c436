import type { Admin } from 'kafkajs';

import { toError } from '../errors.js';
import type { Consumption, EventLog } from '../event-log.js';
import { silentLogger } from '../log-logger.js';
import { KafkaConsumption } from './consume/consumption.js';
import { ensureTopics } from './ensure-topics.js';
import { groupLag, rewindGroup } from './group-offsets.js';
import { createKafkaClient } from './client/kafka-client.js';
import { kafkaTimes, type KafkaLogOptions } from './kafka-log-options.js';
import { prefixedNames } from './prefixed-names.js';
import { createKafkaPublisher } from './publisher.js';
import { readTopic } from './consume/read-topic.js';

const CHECK_LIMIT_MS = 5_000;

/**
 * The log on Apache Kafka. Rejects when the brokers cannot be reached or refuse us: there is nothing to start then.
 * Its traps and what stands against each: reliability notes in `test/contract/kafka-faults.spec.ts`.
 */
export async function createKafkaLog(options: KafkaLogOptions): Promise<EventLog> {
  const logger = options.logger ?? silentLogger;
  const times = { ...kafkaTimes, ...options.times };
  const names = prefixedNames(options.topicPrefix);
  const kafka = createKafkaClient(options, times);
  const admin = kafka.admin();
  await admin.connect();
  // A connection says little: kafkajs takes a refused OAUTHBEARER token for an accepted one until it asks for something.
  await admin.describeCluster();
  const publisher = await createKafkaPublisher(kafka, names, times);
  const consumptions = new Set<Consumption>();
  return {
    kind: 'kafka',
    publish: (records) => publisher.publish(records),
    async ensureTopics(specifications) {
      const differences = await ensureTopics(admin, specifications, names, options.replicationFactor);
      for (const { name, maxMessageBytes } of specifications) {
        const found = differences.find(
          ({ topic, setting }) => topic === name && setting === 'max.message.bytes',
        )?.found;
        publisher.setMaxMessageBytes(name, Number(found ?? maxMessageBytes) || maxMessageBytes);
      }
      return differences;
    },
    async consume(subscription) {
      const consumption = await KafkaConsumption.start({ client: options, subscription, names, times, logger });
      consumptions.add(consumption);
      return consumption;
    },
    read: (topic, readOptions) => readTopic(topic, readOptions, { kafka, admin, names, times }),
    lag: (group, topics) => groupLag(admin, names, group, topics),
    rewind: (group, topics) => rewindGroup(admin, names, group, topics),
    removeRecords: () => Promise.resolve(null),
    check: () => checkBrokers(admin),
    async close() {
      await Promise.all([...consumptions].map((consumption) => consumption.stop()));
      await publisher.close();
      await admin.disconnect();
    },
  };
}

async function checkBrokers(admin: Admin): ReturnType<EventLog['check']> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_LIMIT_MS / 1000} s`)), CHECK_LIMIT_MS);
  });
  try {
    await Promise.race([admin.describeCluster(), late]);
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: `Kafka: ${toError(error).message}` };
  } finally {
    clearTimeout(timer);
  }
}
