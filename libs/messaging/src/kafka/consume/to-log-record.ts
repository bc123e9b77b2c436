import type { IHeaders, KafkaMessage } from 'kafkajs';

import type { LogRecord } from '../../event-log.js';

/** A record as the rest of the system knows it; `topic` without prefix. */
export function toLogRecord(topic: string, partition: number, message: KafkaMessage): LogRecord {
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    timestamp: new Date(Number(message.timestamp)),
    key: message.key === null ? null : message.key.toString('utf8'),
    value: message.value,
    headers: toHeaders(message.headers ?? {}),
  };
}

// Kafka allows a header several times; the last one counts, as in a map.
function toHeaders(headers: IHeaders): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) {
      result[name] = typeof last === 'string' ? last : last.toString('utf8');
    }
  }
  return result;
}
