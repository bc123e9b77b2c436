import kafkajs, { type Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs';

import { silentLogger } from '../../log-logger.js';
import type { KafkaLogOptions, KafkaSasl, KafkaTimes, KafkaTls } from '../kafka-log-options.js';
import { kafkaLogger } from './kafka-logger.js';
import { clientCredentialsToken } from './oauth-token.js';
import { mendKafkajs } from './mend-kafkajs.js';

/** Said in full: kafkajs changes what is left out when NODE_ENV is `test`. */
export const kafkaRetry = { initialRetryTime: 300, multiplier: 2, factor: 0.2, maxRetryTime: 30_000, retries: 5 };

/** The client that producer, consumers and administration share their settings from. */
export function createKafkaClient(options: KafkaLogOptions, times: KafkaTimes): Kafka {
  mendKafkajs();
  const config: KafkaConfig = {
    brokers: [...options.brokers],
    clientId: options.clientId,
    ...(options.tls ? { ssl: tlsOptions(options.tls) } : {}),
    ...(options.sasl ? { sasl: saslOptions(options.sasl) } : {}),
    connectionTimeout: 5_000,
    authenticationTimeout: 10_000,
    requestTimeout: times.requestTimeoutMs,
    enforceRequestTimeout: true,
    retry: kafkaRetry,
    logLevel: kafkajs.logLevel.INFO,
    logCreator: kafkaLogger(options.logger ?? silentLogger),
  };
  return new kafkajs.Kafka(config);
}

function tlsOptions(tls: KafkaTls): NonNullable<KafkaConfig['ssl']> {
  if (tls === true) {
    return true;
  }
  const { ca, cert, key } = tls;
  return { ...(ca ? { ca: [ca] } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) };
}

function saslOptions(sasl: KafkaSasl): SASLOptions {
  if (sasl.mechanism !== 'oauthbearer') {
    return { mechanism: sasl.mechanism, username: sasl.username, password: sasl.password };
  }
  const token = 'token' in sasl ? sasl.token : clientCredentialsToken(sasl);
  return { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: await token() }) };
}
