import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { declareConfiguration } from '#libs/case-store';
import { checkConnections } from '#libs/channel-kit';
import { type Configuration, loadConfiguration } from '#libs/runtime';
import { createApiKey } from '#libs/testing';
import type { Pool } from 'pg';
import { declarationOf } from '../../../apps/case-builder/src/declaration.js';
import { startApi } from '../case-api/started-api.js';

/** A Case API with a configuration file of its own, beside others on the same database. */
export interface Installation {
  /** A word that everything of it bears which people write. */
  readonly word: string;
  readonly pool: Pool;
  readonly accountId: string;
  readonly configuration: Configuration;
  /** Its client may do everything. */
  ask(line: string, more?: Asking): Promise<Answered>;
  stop(): Promise<void>;
}

export interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly etag: string | null;
  readonly text: string;
  /** Undefined of what is no JSON. */
  readonly json: unknown;
}

const SCOPES = ['cases:admin', 'contacts:admin', 'config:write', 'ops:write', 'deliveries:replay', 'impersonate'];

/** `place` tells the two apart: ids, secrets, prefixes and numbers follow from it. */
export async function install(pool: Pool, word: string, place: number): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-installation-'));
  await writeFile(join(folder, 'casewright.yml'), fileOf(word, place));
  const configuration = loadConfiguration(
    { CASEWRIGHT_CONFIG: join(folder, 'casewright.yml'), DATA_DIR: folder, LOG_LEVEL: 'silent' },
    checkConnections,
  );
  const accountId = configuration.account.id;
  await declareConfiguration(pool, declarationOf(configuration));
  const key = await createApiKey(pool, { accountId, name: `owner ${word}`, scopes: SCOPES });
  const api = await startApi(pool, { installed: configuration });
  const url = await api.application.getUrl();
  return {
    ...{ word, pool, accountId, configuration },
    async ask(line, { body, headers = {} } = {}) {
      const [method = '', path = ''] = line.split(' ');
      const isBytes = Buffer.isBuffer(body);
      const type: Record<string, string> = body === undefined || isBytes ? {} : { 'content-type': 'application/json' };
      const sent = body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) };
      const reply = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${key}`, ...type, ...headers },
        ...sent,
      });
      const text = await reply.text();
      return { status: reply.status, etag: reply.headers.get('etag'), text, json: parsed(text) };
    },
    async stop() {
      await api.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function fileOf(word: string, place: number): string {
  return `
account: { id: 00000000-0000-4000-8000-0000000000a${place}, name: ${word}, defaultCountry: PT, callSettleSeconds: 0 }
kafka: { topicPrefix: ${word}. }
caseTokens: { secret: ${`${word} `.repeat(6).trim().replaceAll(' ', '-')} }
groups: [ { name: ${word}-support } ]
agents: [ { email: ana@${word}.example, name: Ana ${word}, groups: [${word}-support], extensions: ['201'] } ]
mailboxes: [ { address: support@${word}.example, group: ${word}-support } ]
telephony:
  - { provider: generic, key: pbx, secret: whsec_${Buffer.from(`a secret of ${word}, long enough`).toString('base64')},
      numbers: [ { number: '+35121000000${place}', group: ${word}-support } ] }
`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
