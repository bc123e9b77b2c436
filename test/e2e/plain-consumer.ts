import { Kafka, logLevel, type IHeaders } from 'kafkajs';
import type { LogRecord } from '#libs/messaging';

/** Reads a topic from its beginning with a client that knows nothing of ours, as an operator with kcat would. */
export async function readPlainly(brokers: readonly string[], topic: string): Promise<LogRecord[]> {
  const kafka = new Kafka({ brokers: [...brokers], clientId: 'plain', logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const wanted = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  const consumer = kafka.consumer({ groupId: `${topic}-plain-${Date.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const records: LogRecord[] = [];
  await new Promise<void>((resolve, reject) => {
    const eachMessage: NonNullable<Parameters<typeof consumer.run>[0]>['eachMessage'] = async (payload) => {
      const { partition, message } = payload;
      records.push({
        topic,
        partition,
        offset: BigInt(message.offset),
        timestamp: new Date(Number(message.timestamp)),
        key: message.key?.toString() ?? null,
        value: message.value,
        headers: textHeaders(message.headers ?? {}),
      });
      if (records.length === wanted) {
        resolve();
      }
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return records;
}

function textHeaders(headers: IHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
