import { expect } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { BlobStore } from '#libs/blob-store';
import type { CaseState } from '#libs/case-domain';
import { declareConfiguration, insertCaseEvents, insertCases, insertInteractions } from '#libs/case-store';
import { derivedEventId, newId } from '#libs/interaction';
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
import { v7 } from 'uuid';
import { describeApi } from '../../../apps/case-api/src/openapi.js';
import { undescribedProblems, type Seen } from './described-problems.js';
import { defaultStatusOf, groupOf, OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { startApi } from './started-api.js';

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
  /** What people upload. */
  readonly uploads: BlobStore;
  /** Where both lie. */
  readonly folder: string;
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
  const { stop, ...started } = await startApi(database.pool, { rateLimit });
  const url = await started.application.getUrl();
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
    ...started,
    database,
    get,
    send,
    ours: ours ?? '',
    theirs: theirs ?? '',
    close: async () => {
      await stop();
      await database.drop();
      // Whatever a test provoked, the description has to say of its operation.
      expect(undescribedProblems(await describeApi(), seen)).toEqual([]);
    },
  };
}

async function declareAccounts(pool: Pool): Promise<void> {
  for (const id of [OUR_ACCOUNT, OTHER_ACCOUNT]) {
    await declareConfiguration(pool, aDeclaration({ account: aDeclaredAccount({ id, callSettleSeconds: 0 }) }));
  }
}

let lastNumber = 0;

/** Stores a case with its history and the interaction that opened it. */
export async function storeCase(world: World, overrides: Partial<CaseState> = {}): Promise<CaseState> {
  const accountId = overrides.accountId ?? OUR_ACCOUNT;
  lastNumber += 1;
  const interaction = anInteraction({ accountId, externalId: `<${lastNumber}@example.org>` });
  const state = aCase({
    // Ids of cases tell when they were made.
    id: overrides.createdAt === undefined ? newId() : v7({ msecs: Date.parse(overrides.createdAt) }),
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
