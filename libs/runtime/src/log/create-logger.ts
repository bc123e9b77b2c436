import { pino, type Logger as PinoLogger } from 'pino';

import type { LogLevel } from '../configuration/environment-configuration.js';

/** Writes one JSON line per message. */
export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly level: LogLevel;
  /** The app's name. */
  readonly name: string;
}

const secretNames = [
  'password',
  'key',
  'secret',
  'token',
  'authorization',
  'authToken',
  'clientSecret',
  'apiKey',
  'cookie',
];

/** A JSON logger that leaves out what carries a secret by its name, up to three levels deep. */
export function createLogger({ level, name }: LoggerOptions, destination?: { write(line: string): void }): Logger {
  const paths = secretNames.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`]);
  const options = {
    level,
    name,
    base: { name },
    timestamp: pinoTimestamp,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths, censor: '[hidden]' },
  };
  return destination ? pino(options, destination) : pino(options);
}

function pinoTimestamp(): string {
  return `,"time":"${new Date().toISOString()}"`;
}
