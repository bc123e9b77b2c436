import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BLOB_STORE, openBlobStore, type BlobStore } from '#libs/blob-store';
import type { CaseState } from '#libs/case-domain';
import { declareConfiguration, insertCaseEvents, insertCases, insertInteractions } from '#libs/case-store';
import { derivedEventId, newId } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import { CONFIGURATION, createHttpAdapter, createLogger, LOGGER, Metrics, METRICS } from '#libs/runtime';
import {
  aCase,
  aDeclaration,
  aDeclaredAccount,
  anInteraction,
  testDatabase,
  type TestDatabase,
  createApiKey,
} from '#libs/testing';
import type { Pool } from 'pg';
import { CaseApiModule } from '../../../apps/case-api/src/case-api.module.js';
import { describeApi } from '../../../apps/case-api/src/openapi.js';
import { undescribedProblems, type Seen } from './described-problems.js';
import { defaultStatusOf, groupOf, OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';

/** An answer with its body read. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
}

/** The Case API on a database with two accounts, each with a key. */
export interface World {
  readonly application: NestFastifyApplication;
  readonly database: TestDatabase;
  readonly ours: string;
  readonly theirs: string;
  readonly log: string[];
  readonly blobs: BlobStore;
  get<Body = Record<string, unknown>>(path: string, options?: GetOptions): Promise<Answer<Body>>;
  /** Any request; a body that is no text goes as JSON. */
  send<Body = Record<string, unknown>>(line: string, options?: SendOptions): Promise<Answer<Body>>;
  close(): Promise<void>;
}

interface GetOptions {
  /** `null` sends none; our account's unless given. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

interface SendOptions extends GetOptions {
  readonly body?: unknown;
}

/** `rateLimit` is what each client may ask; as much as anybody wants unless told. */
export async function aWorld({ rateLimit = { quota: 0, window: 60 } } = {}): Promise<World> {
  const database = await testDatabase();
  await declareAccounts(database.pool);
  const [ours, theirs] = await Promise.all(
    [OUR_ACCOUNT, OTHER_ACCOUNT].map((accountId) =>
      createApiKey(database.pool, { accountId, name: 'reader', scopes: ['cases:read'] }),
    ),
  );
  const log: string[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'casewright-api-'));
  const blobs = await openBlobStore(folder);
  const configured = { ...CONFIGURED, rateLimit };
  const application = await startApi({ pool: database.pool, log, blobs, configured });
  const url = await application.getUrl();
  const seen: Seen[] = [];
  const send = async <Body>(line: string, options: SendOptions = {}): Promise<Answer<Body>> => {
    const [method = '', path = ''] = line.split(' ');
    const { key = ours, headers = {}, body } = options;
    const authorization: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const reply = await fetch(`${url}${path}`, {
      method,
      headers: { ...authorization, ...type, ...headers },
      ...content,
    });
    const text = await reply.text();
    const answered = (text === '' ? {} : JSON.parse(text)) as { readonly code?: unknown };
    seen.push({ line, status: reply.status, code: answered.code });
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body: answered as Body };
  };
  const get = <Body>(path: string, options: GetOptions = {}): Promise<Answer<Body>> => send(`GET ${path}`, options);
  return {
    application,
    database,
    log,
    blobs,
    get,
    send,
    ours: ours ?? '',
    theirs: theirs ?? '',
    close: async () => {
      await application.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
      // Whatever a test provoked, the description has to say of its operation.
      expect(undescribedProblems(await describeApi(), seen)).toEqual([]);
    },
  };
}

const IMAP = { host: 'imap.acme.example', tls: 'implicit', user: 'u', folder: 'INBOX', oauth2: null };
const CONFIGURED = {
  caseTokens: { secret: 'a secret for tests only' },
  account: { id: OUR_ACCOUNT },
  mailboxes: [
    { address: 'Support@acme.example', imap: IMAP },
    { address: 'sales@acme.example', imap: null },
  ],
};

interface Parts {
  readonly pool: Pool;
  readonly log: string[];
  readonly blobs: BlobStore;
  readonly configured: object;
}

@Global()
@Module({})
class Surroundings {
  static of({ pool, log, blobs, configured }: Parts): DynamicModule {
    const logger = createLogger({ level: 'info', name: 'test' }, { write: (line) => void log.push(line) });
    const providers = [
      { provide: POOL, useValue: pool },
      { provide: BLOB_STORE, useValue: blobs },
      { provide: LOGGER, useValue: logger },
      { provide: METRICS, useValue: new Metrics() },
      { provide: CONFIGURATION, useValue: configured },
    ];
    return { module: Surroundings, providers, exports: providers.map(({ provide }) => provide) };
  }
}

class Root {}

async function startApi(parts: Parts): Promise<NestFastifyApplication> {
  const root = { module: Root, imports: [Surroundings.of(parts), CaseApiModule] };
  const application = await NestFactory.create<NestFastifyApplication>(root, createHttpAdapter(), {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  await application.listen(0, '127.0.0.1');
  return application;
}

async function declareAccounts(pool: Pool): Promise<void> {
  for (const id of [OUR_ACCOUNT, OTHER_ACCOUNT]) {
    await declareConfiguration(pool, aDeclaration({ account: aDeclaredAccount({ id }) }));
  }
}

let lastNumber = 0;

/** Stores a case with its history and the interaction that opened it. */
export async function storeCase(world: World, overrides: Partial<CaseState> = {}): Promise<CaseState> {
  const accountId = overrides.accountId ?? OUR_ACCOUNT;
  lastNumber += 1;
  const interaction = anInteraction({ accountId, externalId: `<${lastNumber}@example.org>` });
  const state = aCase({
    id: newId(),
    accountId,
    number: String(lastNumber),
    groupId: groupOf(accountId),
    statusId: defaultStatusOf(accountId, overrides.category ?? 'new'),
    originInteractionId: interaction.id,
    ...overrides,
  });
  const { pool } = world.database;
  await insertCases(pool, accountId, [state]);
  const evidence = {
    thread: { rule: 'none', matched: null, namedCaseId: null, conflicts: [] },
    requester: state.requesterMatch,
    group: { rule: 'endpoint', groupId: state.groupId },
    assignment: { rule: 'A7', strategy: null, candidatesCount: 0, chosenBecause: 'the group assigns by hand' },
    reasons: ['It refers to nothing.'],
  };
  await insertInteractions(pool, accountId, state.createdAt, [
    {
      interaction,
      payload: Buffer.from(JSON.stringify(interaction)),
      endpoints: ['mailbox:support@acme.example'],
      caseId: state.id,
      visibility: 'public',
      outcome: 'created',
      decision: JSON.stringify(evidence),
    },
  ]);
  await insertCaseEvents(pool, accountId, state.createdAt, [
    {
      id: derivedEventId(state.id, '1'),
      caseId: state.id,
      seq: 1,
      kind: 'created',
      occurredAt: state.createdAt,
      actor: JSON.stringify({ kind: 'contact', id: state.requester.id }),
      changes: JSON.stringify([{ field: 'category', from: null, to: state.category }]),
      details: '{}',
      interactionId: interaction.id,
      causeEventId: null,
      onBehalfOf: null,
    },
  ]);
  return state;
}
