import { readFile } from 'node:fs/promises';
import type { KafkaLogOptions, KafkaSasl, KafkaTls } from '#libs/messaging';
import type { KafkaConfiguration, KafkaSaslConfiguration, KafkaTlsConfiguration } from '#libs/runtime';

/** What the log needs of the configuration. Rejects when a certificate file cannot be read. */
export async function kafkaOptions(kafka: KafkaConfiguration, brokers: readonly string[]): Promise<KafkaLogOptions> {
  return {
    brokers,
    clientId: `${kafka.clientId}-cli`,
    topicPrefix: kafka.topicPrefix,
    tls: kafka.tls === null ? undefined : await tlsOf(kafka.tls),
    sasl: kafka.sasl === null ? undefined : saslOf(kafka.sasl),
    replicationFactor: kafka.replicationFactor ?? undefined,
  };
}

async function tlsOf(tls: KafkaTlsConfiguration): Promise<KafkaTls | undefined> {
  const pem = async (file: string | null): Promise<string | undefined> =>
    file === null ? undefined : readFile(file, 'utf8');
  return tls.enabled
    ? { ca: await pem(tls.caFile), cert: await pem(tls.certFile), key: await pem(tls.keyFile) }
    : undefined;
}

function saslOf(sasl: KafkaSaslConfiguration): KafkaSasl {
  if (sasl.mechanism === 'oauthbearer') {
    return {
      mechanism: 'oauthbearer',
      tokenEndpoint: sasl.tokenEndpoint ?? '',
      clientId: sasl.clientId ?? '',
      clientSecret: sasl.clientSecret ?? '',
      scope: sasl.scope ?? undefined,
    };
  }
  return { mechanism: sasl.mechanism, username: sasl.username ?? '', password: sasl.password ?? '' };
}
