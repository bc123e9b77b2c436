import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import type { Configuration } from '../configuration/configuration.js';
import { endProcessOnDefect } from './end-process-on-defect.js';
import { createHttpAdapter } from '../http/http-adapter.js';
import { httpAddress, isOfThisMachine } from '../http/listening-address.js';
import { createLogger, type Logger } from '../log/create-logger.js';
import { nestLogger } from '../log/nest-logger.js';
import { RuntimeModule } from '../runtime.module.js';
import { stopOnSignals } from './stop-on-signals.js';
import { warnOfOpenFolder } from './warn-of-open-folder.js';
import { errorCode } from '../errors.js';

export interface BootOptions {
  /** Name of the app in the log. */
  readonly name: string;
  /** The app's module; `RuntimeModule` is added around it. */
  readonly module: Type | DynamicModule;
  /** The configuration's port unless told; 0 takes any free one. */
  readonly port?: number;
  readonly configuration: Configuration;
  /** Interface to listen on; the configuration's unless told. */
  readonly host?: string;
  /** Changes to the application before it listens: OpenAPI, a raw body, a hook. */
  readonly prepare?: (app: NestFastifyApplication) => void | Promise<void>;
  /** Comes after the application has closed, before the process ends: stop the embedded database here. */
  readonly afterClose?: () => Promise<void>;
  /** Uses this log instead of one of its own. */
  readonly logger?: Logger;
}

/** A running application. */
export interface RunningApplication {
  readonly app: NestFastifyApplication;
  /** `http://127.0.0.1:3000`: how this machine reaches it. */
  readonly url: string;
  readonly logger: Logger;
  /** Stops the intake first, then everything else; rejects when that takes longer than 25 s. */
  close(): Promise<void>;
}

/** A cause that the operator can remove; the message is one sentence that says how. */
export class BootError extends Error {
  override readonly name = 'BootError';
}

/**
 * Starts an application: Nest on Fastify, its log as JSON lines, health and metrics, every failure a problem.
 * Rejects with `BootError` when the port is busy or the interface is not of this machine; `runMain` turns that into a sentence and exit code 1.
 *
 * 1. End the process on defects from here on.
 * 2. Create the application; parts connect in `onModuleInit`.
 * 3. Listen, so that readiness can be asked.
 * 4. Stop on SIGTERM and SIGINT, within 25 s.
 */
export async function bootApplication(options: BootOptions): Promise<RunningApplication> {
  const { configuration, name } = options;
  const logger = options.logger ?? createLogger({ level: configuration.logLevel, name });
  endProcessOnDefect(logger);
  await warnOfOpenFolder(configuration.dataDirectory, logger);
  const root = { module: ApplicationRoot, imports: [RuntimeModule.forRoot(configuration, logger), options.module] };
  const app = await NestFactory.create<NestFastifyApplication>(root, createHttpAdapter(), {
    logger: nestLogger(logger),
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
  });
  await options.prepare?.(app);
  const host = options.host ?? configuration.host;
  const url = await listen(app, options.port ?? configuration.port, host);
  const close = stopOnSignals(app, logger, options.afterClose);
  logger.info({ url, host }, isOfThisMachine(host) ? `Ready to serve, ${OWN_MACHINE_ONLY}` : 'Ready to serve');
  return { app, url, logger, close };
}

/** Whoever meets a closed door shall find out here how it is opened. */
const OWN_MACHINE_ONLY = 'on this machine only: HTTP_HOST=0.0.0.0 lets other machines in';

class ApplicationRoot {}

async function listen(app: NestFastifyApplication, port: number, host: string): Promise<string> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    await app.close();
    throw explainListenFailure(error, port, host);
  }
  const { port: actual } = app.getHttpServer().address() as { port: number };
  return httpAddress(host, actual);
}

function explainListenFailure(error: unknown, port: number, host: string): unknown {
  const code = errorCode(error);
  if (code === 'EADDRINUSE') {
    const advice = `stop the program that uses it, or set PORT to another one (PORT=0 takes any free port).`;
    return new BootError(`Port ${port} is already in use: ${advice}`, { cause: error });
  }
  if (code === 'EACCES') {
    return new BootError(`Port ${port} needs more rights than we have: set PORT to one above 1023.`, { cause: error });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    const advice = 'set it to one that has it, to 127.0.0.1 or to 0.0.0.0';
    return new BootError(`HTTP_HOST is ${host}, which is no address of this machine: ${advice}.`, { cause: error });
  }
  return error;
}
