import { isNativeError } from 'node:util/types';

import type { LoggerService } from '@nestjs/common';

import type { Logger } from './create-logger.js';

/** Nest tells of every module and route that it sets up; healthy operation is quiet, so that is detail here. */
const chatter = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'NestMicroservice',
]);

/** Whoever boots says this in one sentence; Nest's own line would only stand beside it. */
const saidAtBoot = /listen (EADDRINUSE|EACCES)/;

/** Lets Nest write into our log. */
export function nestLogger(logger: Logger): LoggerService {
  const write =
    (level: 'info' | 'warn' | 'error' | 'debug' | 'trace' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = typeof rest.at(-1) === 'string' ? String(rest.at(-1)) : undefined;
      const quiet = isQuiet(level, context, textOf(message));
      const stack = level === 'error' && rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
      logger[quiet ? 'debug' : level]({ context, stack, ...fieldsOf(message) }, textOf(message));
    };
  return {
    log: write('info'),
    warn: write('warn'),
    error: write('error'),
    debug: write('debug'),
    verbose: write('trace'),
    fatal: write('fatal'),
  };
}

function isQuiet(level: string, context: string | undefined, text = ''): boolean {
  const known = context !== undefined && chatter.has(context);
  return known && (level === 'info' || (level === 'error' && saidAtBoot.test(text)));
}

function fieldsOf(message: unknown): object {
  return isNativeError(message)
    ? { err: message }
    : typeof message === 'object' && message !== null
      ? { ...message }
      : {};
}

function textOf(message: unknown): string | undefined {
  return isNativeError(message) ? message.message : typeof message === 'string' ? message : undefined;
}
