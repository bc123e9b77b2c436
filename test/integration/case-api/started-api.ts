import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BLOB_STORE, openBlobStore, UPLOAD_STORE, type BlobStore } from '#libs/blob-store';
import { POOL } from '#libs/postgres';
import {
  CallBarConfiguration,
  CONFIGURATION,
  createHttpAdapter,
  createLogger,
  LOGGER,
  Metrics,
  METRICS,
} from '#libs/runtime';
import type { Pool } from 'pg';
import { CaseApiModule } from '../../../apps/case-api/src/case-api.module.js';
import { OUR_ACCOUNT } from './identities.js';

/** The Case API as it runs in a test: in this process, with a folder for blobs. */
export interface StartedApi {
  readonly application: NestFastifyApplication;
  readonly blobs: BlobStore;
  /** What people upload. */
  readonly uploads: BlobStore;
  /** Where both lie. */
  readonly folder: string;
  /** Lines of the log. */
  readonly log: string[];
  readonly stop: () => Promise<void>;
}

const IMAP = { host: 'imap.acme.example', tls: 'implicit', user: 'u', folder: 'INBOX', oauth2: null };
const CONFIGURED = {
  caseTokens: { secret: 'a secret for tests only' },
  account: { id: OUR_ACCOUNT },
  kafka: { brokers: [] },
  callbar: { ...new CallBarConfiguration(), secret: 'a secret of the call bar for tests only' },
  mailboxes: [
    { address: 'Support@acme.example', imap: IMAP },
    { address: 'sales@acme.example', imap: null },
  ],
};

interface ApiOptions {
  /** What each client may ask; as much as anybody wants unless told. */
  readonly rateLimit?: { readonly quota: number; readonly window: number };
  /** Of a configuration file, instead of that of tests. */
  readonly installed?: object;
}

export async function startApi(
  pool: Pool,
  { rateLimit = { quota: 0, window: 60 }, installed = {} }: ApiOptions = {},
): Promise<StartedApi> {
  const log: string[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'casewright-api-'));
  const blobs = await openBlobStore(folder);
  const uploads = await openBlobStore(folder, 'uploads');
  const configured = { ...CONFIGURED, ...installed, rateLimit, databaseUrl: pool.options.connectionString };
  const root = { module: Root, imports: [Surroundings.of({ pool, log, blobs, uploads, configured }), CaseApiModule] };
  const application = await NestFactory.create<NestFastifyApplication>(root, createHttpAdapter(), {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  await application.listen(0, '127.0.0.1');
  return {
    ...{ application, blobs, uploads, folder, log },
    async stop() {
      await application.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Parts {
  readonly pool: Pool;
  readonly log: string[];
  readonly blobs: BlobStore;
  readonly uploads: BlobStore;
  readonly configured: object;
}

@Global()
@Module({})
class Surroundings {
  static of({ pool, log, blobs, uploads, configured }: Parts): DynamicModule {
    const logger = createLogger({ level: 'info', name: 'test' }, { write: (line) => void log.push(line) });
    const providers = [
      { provide: POOL, useValue: pool },
      { provide: BLOB_STORE, useValue: blobs },
      { provide: UPLOAD_STORE, useValue: uploads },
      { provide: LOGGER, useValue: logger },
      { provide: METRICS, useValue: new Metrics() },
      { provide: CONFIGURATION, useValue: configured },
    ];
    return { module: Surroundings, providers, exports: providers.map(({ provide }) => provide) };
  }
}

class Root {}
