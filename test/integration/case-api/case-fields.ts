import { createApiKey } from '#libs/testing';
import { aCaseWriter } from './case-writer.js';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import type { Answer } from './world.js';

export interface CaseField {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly [part: string]: unknown;
}

export interface CaseFieldPage {
  readonly data: CaseField[];
  readonly page: { readonly next_cursor: string | null };
}

/** What a new field is made of when nothing else is said. */
export const MODEL = {
  key: 'model',
  label: 'Model',
  type: 'dropdown',
  options: [
    { key: 'lamp', label: 'Lamp' },
    { key: 'kettle', label: 'Kettle' },
  ],
};

/** The fields of our account, through a key that may write them, and a client that writes cases. */
export async function aWorldOfFields() {
  const writer = await aCaseWriter();
  const { world } = writer;
  const { pool } = world.database;
  const key = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'admin', scopes: ['config:write'] });
  const reader = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'config', scopes: ['config:read'] });
  const theirs = await createApiKey(pool, { accountId: OTHER_ACCOUNT, name: 'admin', scopes: ['config:write'] });
  const send = (line: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<CaseField>> =>
    world.send<CaseField>(line, { key, headers, ...(body === undefined ? {} : { body }) });
  return {
    writer,
    world,
    pool,
    reader,
    theirs,
    send,
    create: (overrides: object = {}) => send('POST /v1/case-fields', { ...MODEL, ...overrides }),
    patch: (name: string, body: object, headers: Record<string, string> = {}) =>
      send(`PATCH /v1/case-fields/${name}`, body, headers),
    list: async (query = '') => (await world.get<CaseFieldPage>(`/v1/case-fields${query}`, { key: reader })).body,
    beginAnew: () =>
      pool.query('delete from case_field; delete from case_event; delete from interaction; delete from cases'),
  };
}
