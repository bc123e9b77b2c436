import { describe, it } from '@jest/globals';

import { createKafkaLog } from '#libs/messaging';
import { testKafka } from '#libs/testing';

import { eventLogContract } from './event-log.contract.js';

/** The broker takes no shorter session than 6 s (group.min.session.timeout.ms). */
const SESSION_MS = 6_000;
const kafka = testKafka();

if (kafka) {
  eventLogContract('The log on Apache Kafka', async () => {
    const options = {
      brokers: kafka.brokers,
      topicPrefix: kafka.topicPrefix,
      clientId: 'contract',
      times: {
        sessionTimeoutMs: SESSION_MS,
        heartbeatIntervalMs: 1_000,
        rebalanceTimeoutMs: 10_000,
        firstBackoffMs: 20,
        maxBackoffMs: 200,
      },
    };
    return {
      open: () => createKafkaLog(options),
      childEnvironment: { LOG_CHILD: JSON.stringify({ kafka: options }) },
      silenceMs: SESSION_MS,
      close: () => Promise.resolve(),
    };
  });
} else {
  describe('The log on Apache Kafka', () => {
    it.skip('needs a broker: run npm test, or set KAFKA_BROKERS', () => {});
  });
}
