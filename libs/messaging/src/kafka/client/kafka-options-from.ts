import { readFile } from 'node:fs/promises';

import type { KafkaConfiguration } from '#libs/runtime';
import type { LogLogger } from '../../log-logger.js';
import type { KafkaLogOptions, KafkaSasl, KafkaTls } from '../kafka-log-options.js';

/** The options of the log from the section `kafka:` of the configuration; reads the certificate files that it names. */
export async function kafkaOptionsFrom(kafka: KafkaConfiguration, logger: LogLogger): Promise<KafkaLogOptions> {
  return {
    brokers: kafka.brokers,
    clientId: kafka.clientId,
    topicPrefix: kafka.topicPrefix,
    tls: await tlsFrom(kafka.tls),
    sasl: saslFrom(kafka.sasl),
    replicationFactor: kafka.replicationFactor ?? undefined,
    logger,
  };
}

async function tlsFrom(tls: KafkaConfiguration['tls']): Promise<KafkaTls | undefined> {
  if (tls === null || !tls.enabled) {
    return undefined;
  }
  const [ca, cert, key] = await Promise.all([tls.caFile, tls.certFile, tls.keyFile].map(textOf));
  return ca === undefined && cert === undefined && key === undefined ? true : { ca, cert, key };
}

async function textOf(path: string | null): Promise<string | undefined> {
  return path === null ? undefined : readFile(path, 'utf8');
}

function saslFrom(sasl: KafkaConfiguration['sasl']): KafkaSasl | undefined {
  if (sasl === null) {
    return undefined;
  }
  if (sasl.mechanism !== 'oauthbearer') {
    return { mechanism: sasl.mechanism, username: sasl.username ?? '', password: sasl.password ?? '' };
  }
  return {
    mechanism: 'oauthbearer',
    tokenEndpoint: sasl.tokenEndpoint ?? '',
    clientId: sasl.clientId ?? '',
    clientSecret: sasl.clientSecret ?? '',
    scope: sasl.scope ?? undefined,
  };
}
