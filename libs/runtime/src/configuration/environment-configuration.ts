import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

import type { Environment } from './substitute-environment.js';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const toNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;

/** The environment variables that we read; an empty one counts as not set. */
export class EnvironmentConfiguration {
  /** Path of the YAML file. */
  @IsOptional()
  @IsString()
  readonly CASEWRIGHT_CONFIG?: string;

  /** Port of the HTTP side: webhooks, API, health. 0 takes any free one. */
  @Transform(toNumber)
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly PORT: number = 3000;

  /** Interface of the HTTP side; `0.0.0.0` takes requests from other machines. */
  @IsString()
  readonly HTTP_HOST: string = '127.0.0.1';

  @IsOptional()
  @Transform(toNumber)
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly SMTP_PORT?: number;

  /** Interface of the SMTP listener; the file's `smtp.host` without it. */
  @IsOptional()
  @IsString()
  readonly SMTP_HOST?: string;

  /** Folder of everything that we keep on this machine. */
  @IsString()
  readonly DATA_DIR: string = './data';

  /** PostgreSQL 15 or later; without it the embedded one runs. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'must begin with postgresql://' })
  readonly DATABASE_URL?: string;

  /** `host:port,host:port`; without it the embedded log is used. */
  @IsOptional()
  @Matches(/^[^\s,:]+:\d+(,\s*[^\s,:]+:\d+)*$/, { message: 'must be host:port, several separated by commas' })
  readonly KAFKA_BROKERS?: string;

  @IsOptional()
  @Matches(/^[A-Za-z0-9._-]*$/, { message: 'may have letters, digits, dots, dashes and underscores' })
  readonly TOPIC_PREFIX?: string;

  /** Folder, `file:///…` or `s3://…`; a folder below DATA_DIR without it. */
  @IsOptional()
  @IsString()
  readonly BLOB_URL?: string;

  @IsIn(logLevels)
  readonly LOG_LEVEL: LogLevel = 'info';
}

const names = [
  'CASEWRIGHT_CONFIG',
  'PORT',
  'HTTP_HOST',
  'SMTP_PORT',
  'SMTP_HOST',
  'DATA_DIR',
  'DATABASE_URL',
  'KAFKA_BROKERS',
  'TOPIC_PREFIX',
  'BLOB_URL',
  'LOG_LEVEL',
];

/** Picks our variables out of all there are. */
export function ourVariables(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}
