import 'reflect-metadata';

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parseDocument } from 'yaml';

import { checkReferences } from './checks/check-references.js';
import type { Configuration, ConfigurationCheck } from './configuration.js';
import { ConfigurationError } from './configuration-error.js';
import { EnvironmentConfiguration, ourVariables } from './environment-configuration.js';
import { FileConfiguration } from './file/file-configuration.js';
import { withImpliedSettings } from './implied-settings.js';
import { maskReferences, substituteEnvironment, type Environment } from './substitute-environment.js';
import { validateAs } from './validate.js';
import { errorCode, errorMessage } from '../errors.js';

const defaultFile = 'casewright.yml';
/** What runs when there is no file at all. */
const withoutFile = { mailboxes: [{ address: 'support@casewright.localhost', group: 'Support' }] };

/**
 * Reads everything that can be set; the only place that reads `process.env`.
 * Throws `ConfigurationError`, which lists every problem by its path. `checks` are those of parts that know more than this
 * library does, such as what each telephone system can be told.
 *
 * 1. Check the environment variables.
 * 2. Read the file, put the secrets in, fill in what follows from other settings.
 * 3. Check the fields, then what the fields say about one another.
 */
export function loadConfiguration(
  environment: Environment = process.env,
  ...checks: readonly ConfigurationCheck[]
): Configuration {
  const variables = validateAs(EnvironmentConfiguration, ourVariables(environment));
  if (variables.problems.length > 0) {
    throw new ConfigurationError('The environment', variables.problems);
  }
  const { file, plain } = readConfigurationFile(variables.value.CASEWRIGHT_CONFIG);
  const source = file ?? 'The default configuration';
  const filled = substituteEnvironment(plain, environment);
  const checked = validateAs(FileConfiguration, withImpliedSettings(filled.value as Record<string, unknown>));
  const isNew = isNotAt(filled.problems.map((one) => one.path));
  const problems = [...filled.problems, ...checked.problems.filter(isNew)];
  const references = () => [checkReferences, ...checks].flatMap((check) => check(checked.value)).filter(isNew);
  const all = checked.problems.length > 0 ? problems : [...problems, ...references()];
  if (all.length > 0) {
    throw new ConfigurationError(source, all);
  }
  return deepFreeze(combine(checked.value, variables.value, { file, stated: statedOf(plain['account']) }));
}

function isNotAt(paths: readonly string[]): (problem: { readonly path: string }) => boolean {
  return ({ path: at }) => !paths.includes(at);
}

function readConfigurationFile(wanted: string | undefined): { file: string | null; plain: Record<string, unknown> } {
  const file = path.resolve(wanted ?? defaultFile);
  const text = readIfPresent(file);
  if (text === null) {
    if (wanted !== undefined) {
      throw new ConfigurationError(file, [{ path: 'CASEWRIGHT_CONFIG', problem: 'there is no such file' }]);
    }
    return { file: null, plain: withoutFile };
  }
  return { file, plain: parseYaml(file, text) };
}

function readIfPresent(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return null;
    }
    throw new ConfigurationError(file, [{ path: 'file', problem: errorMessage(error) }]);
  }
}

function parseYaml(file: string, text: string): Record<string, unknown> {
  // Pretty errors quote the line, and a line may hold a secret.
  const document = parseDocument(maskReferences(text), { prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigurationError(
      file,
      document.errors.map(({ pos, message }) => ({
        path: `line ${text.slice(0, pos[0]).split('\n').length}`,
        problem: message,
      })),
    );
  }
  const plain: unknown = document.toJS() ?? {};
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    throw new ConfigurationError(file, [{ path: 'file', problem: 'must hold settings by name' }]);
  }
  return plain as Record<string, unknown>;
}

/** What the file says of the account; null says nothing. */
function statedOf(account: unknown): string[] {
  return typeof account === 'object' && account !== null ? Object.keys(account) : [];
}

interface Source {
  readonly file: string | null;
  readonly stated: readonly string[];
}

function combine(file: FileConfiguration, variables: EnvironmentConfiguration, source: Source): Configuration {
  const dataDirectory = path.resolve(variables.DATA_DIR);
  const brokers = variables.KAFKA_BROKERS?.split(',').map((broker) => broker.trim());
  return {
    ...file,
    account: {
      ...file.account,
      defaultGroup: file.account.defaultGroup ?? file.groups[0]?.name ?? 'Support',
      stated: source.stated,
    },
    apiKeys: file.apiKeys.map((key, index) => ({ ...key, place: `apiKeys[${index}]` })),
    smtp: {
      ...file.smtp,
      port: variables.SMTP_PORT ?? file.smtp.port,
      host: variables.SMTP_HOST ?? file.smtp.host,
    },
    kafka: {
      ...file.kafka,
      brokers: brokers ?? file.kafka.brokers,
      topicPrefix: variables.TOPIC_PREFIX ?? file.kafka.topicPrefix,
    },
    file: source.file,
    port: variables.PORT,
    host: variables.HTTP_HOST,
    dataDirectory,
    databaseUrl: variables.DATABASE_URL ?? null,
    blobUrl: variables.BLOB_URL ?? path.join(dataDirectory, 'blobs'),
    logLevel: variables.LOG_LEVEL,
  };
}

/** Freezes a tree of objects and lists in place. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
