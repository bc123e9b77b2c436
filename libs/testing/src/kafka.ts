import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { errorMessage } from '#libs/runtime';
import { testEnvironment } from './environment.js';

/** A real Apache Kafka for the tests. */
export interface TestKafka {
  /** Addresses, separated by commas. */
  readonly brokers: string;
  stop(): Promise<void>;
}

/** What one test file uses of the broker that all share. */
export interface SharedKafka {
  readonly brokers: string[];
  /** Unlike that of any other test file, so that topics and groups do not collide. */
  readonly topicPrefix: string;
}

/** A broker that one test file has for itself: it may be stopped, killed and frozen. */
export interface OwnKafka {
  readonly brokers: string[];
  readonly port: number;
  readonly pid: number;
  /** Only with `users`: the certificate authority, and the addresses for TLS alone and for TLS with SASL. */
  readonly secure?: { readonly ca: string; readonly tls: string[]; readonly sasl: string[] };
  kill(signal: NodeJS.Signals): void;
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

export interface OwnKafkaOptions {
  /** A new temporary folder unless told; name the folder of an earlier broker to start it again. */
  readonly dataDirectory?: string;
  readonly port?: number;
  /** Port of a proxy in front of the broker: what clients are told to connect to. */
  readonly advertisedPort?: number;
  readonly extraProperties?: Readonly<Record<string, string | number>>;
  readonly users?: readonly { readonly name: string; readonly password: string }[];
}

interface KafkaServerScript {
  startKafka(options: OwnKafkaOptions & { dataDirectory: string }): Promise<OwnKafka>;
}

/** The broker of this run, for one test file; `null` when there is none and none is required. */
export function testKafka(): SharedKafka | null {
  const brokers = process.env.KAFKA_BROKERS ?? process.env[testEnvironment.kafka];
  if (brokers) {
    return { brokers: brokers.split(','), topicPrefix: `test-${randomUUID().slice(0, 8)}.` };
  }
  if (process.env[testEnvironment.requireReal] === '1') {
    throw new Error('Apache Kafka is required for this run and there is none');
  }
  process.stderr.write('\n*** SKIPPED: no Apache Kafka for these tests (npm test starts one) ***\n\n');
  return null;
}

/** Starts the single broker of a run; null when this machine cannot run one. */
export async function startTestKafka(): Promise<TestKafka | null> {
  if (process.env.KAFKA_BROKERS) {
    return { brokers: process.env.KAFKA_BROKERS, stop: () => Promise.resolve() };
  }
  try {
    const kafka = await startOwnKafka();
    return { brokers: kafka.brokers.join(','), stop: () => kafka.stop() };
  } catch (error) {
    process.stderr.write(`${errorMessage(error)}\n`);
    return null;
  }
}

/** Starts a broker of its own; its folder goes when it is stopped, unless the caller named it. */
export async function startOwnKafka(options: OwnKafkaOptions = {}): Promise<OwnKafka> {
  const { startKafka } = (await import(pathToFileURL(serverScript()).href)) as KafkaServerScript;
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'casewright-kafka-')));
  const kafka = await startKafka({ ...options, dataDirectory });
  const stop = async () => {
    await kafka.stop();
    if (!options.dataDirectory) {
      await rm(dataDirectory, { recursive: true, force: true });
    }
  };
  return { ...kafka, stop };
}

// The script stands outside the compiled tree, so its place is found from the nearest package.json.
function serverScript(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    folder = dirname(folder);
  }
  return join(folder, 'scripts', 'kafka-server.mjs');
}
