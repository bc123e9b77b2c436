import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import { newId } from '#libs/interaction';
import { createApiKey } from '#libs/testing';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { aWorld, storeCase, type Answer, type World } from './world.js';

export interface Status {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly is_default: boolean;
  readonly [field: string]: unknown;
}

export interface StatusPage {
  readonly data: Status[];
  readonly page: { readonly next_cursor: string | null };
}

/** What a new status is made of when nothing else is said. */
export const LAB = { key: 'with_the_lab', agent_label: 'With the lab', category: 'on_hold' };

/** The statuses of our account, through a key that may write them. */
export async function aWorldOfStatuses() {
  const world = await aWorld();
  const { pool } = world.database;
  const key = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'admin', scopes: ['config:write'] });
  const reader = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'config', scopes: ['config:read'] });
  const theirs = await createApiKey(pool, { accountId: OTHER_ACCOUNT, name: 'admin', scopes: ['config:write'] });
  const send = (line: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<Status>> =>
    world.send<Status>(line, { key, body, headers });
  return {
    world,
    pool,
    reader,
    theirs,
    send,
    directory: world.application.get<LedgerDependencies>(LEDGER, { strict: false }).directory,
    create: (overrides: object = {}) => send('POST /v1/statuses', { ...LAB, ...overrides }),
    patch: (name: string, body: object, headers: Record<string, string> = {}) =>
      send(`PATCH /v1/statuses/${name}`, body, headers),
    list: async (query = '') => (await world.get<StatusPage>(`/v1/statuses${query}`, { key: reader })).body,
    caseIn: (statusId: string, overrides: Parameters<typeof storeCase>[1] = {}) =>
      storeCase(world, { category: 'on_hold', statusId, assigneeId: newId(), ...overrides }),
    beginAnew: () => beginAnew(pool),
  };
}

/** The five statuses that an account begins with, and no case. */
async function beginAnew(pool: World['database']['pool']): Promise<void> {
  await pool.query('delete from case_event; delete from interaction; delete from cases');
  await pool.query('update case_status set is_default = false where account_id = $1', [OUR_ACCOUNT]);
  await pool.query('delete from case_status where account_id = $1 and key <> category', [OUR_ACCOUNT]);
  await pool.query(
    `update case_status set is_default = true, active = true, version = 1, changed_in = '{}' where account_id = $1`,
    [OUR_ACCOUNT],
  );
}
