import type { LogLogger } from '../log-logger.js';

/** How the brokers are told who we are. */
export type KafkaSasl =
  | {
      readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
      readonly username: string;
      readonly password: string;
    }
  | { readonly mechanism: 'oauthbearer'; readonly token: () => Promise<string> }
  | ({ readonly mechanism: 'oauthbearer' } & ClientCredentials);

/** OAuth 2.0 client credentials grant (RFC 6749 §4.4). */
export interface ClientCredentials {
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
}

/** `true` trusts the system's authorities; PEM texts otherwise. */
export type KafkaTls = true | { readonly ca?: string; readonly cert?: string; readonly key?: string };

/** Times that tests shorten; all in ms. */
export interface KafkaTimes {
  /** Silence after which the group gives a consumer's partitions away. */
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** How long a member may work on before it must join a group that is being shared anew. */
  readonly rebalanceTimeoutMs: number;
  /** How long one request may stay without an answer. */
  readonly requestTimeoutMs: number;
  /** How long a publish may wait for its acknowledgement. */
  readonly publishDeadlineMs: number;
  /** How long batches in flight may take to finish when the consumer is stopped. */
  readonly stopGraceMs: number;
  /** Silence of the consumer's own loop after which it is dead. */
  readonly watchdogMs: number;
  readonly firstBackoffMs: number;
  readonly maxBackoffMs: number;
}

export const kafkaTimes: KafkaTimes = {
  // A killed member's partitions stand still for so long. A busy one is not mistaken for dead: heartbeats run on a timer
  // beside the handler, five in a session, and nothing of ours holds the event loop for seconds.
  sessionTimeoutMs: 10_000,
  heartbeatIntervalMs: 2_000,
  rebalanceTimeoutMs: 60_000,
  requestTimeoutMs: 20_000,
  publishDeadlineMs: 15_000,
  stopGraceMs: 20_000,
  watchdogMs: 60_000,
  firstBackoffMs: 200,
  maxBackoffMs: 30_000,
};

export interface KafkaLogOptions {
  /** `host:port` of some of the brokers. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Put before every topic name and every group name in Kafka; nothing outside this folder sees it. */
  readonly topicPrefix?: string;
  readonly tls?: KafkaTls;
  readonly sasl?: KafkaSasl;
  /** Of topics that are created; the smaller of 3 and the number of brokers unless told. */
  readonly replicationFactor?: number;
  readonly logger?: LogLogger;
  readonly times?: Partial<KafkaTimes>;
}
