import { declareConfiguration } from '#libs/case-store';
import { declaredId, newId } from '#libs/interaction';
import {
  aDeclaration,
  aDeclaredAccount,
  aDeclaredAgent,
  aDeclaredGroup,
  aDeclaredMailbox,
  createApiKey,
} from '#libs/testing';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { aWorld, type Answer, storeCase, type World } from './world.js';

type Body = Record<string, unknown> & { readonly id: string; readonly version: number };

/** Our account with agents and groups that its file declares: Ana in Support, and a key that may write them. */
export interface Team {
  readonly world: World;
  readonly theirs: string;
  readonly reader: string;
  send(line: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<Body>>;
  anAgent(name: string, groups?: readonly string[]): Promise<Body>;
  aGroup(name: string, fields?: object): Promise<Body>;
  /** An open case of an agent. */
  aCaseOf(agentId: string, groupId: string, overrides?: Parameters<typeof storeCase>[1]): ReturnType<typeof storeCase>;
  /** What a case is by now. */
  caseOf(id: string): Promise<Body>;
  kindsOf(id: string): Promise<string[]>;
  /** Declares the file again, as each boot does. */
  boot(): Promise<void>;
}

export const SUPPORT = declaredId(OUR_ACCOUNT, 'group', 'Support');
export const ANA = declaredId(OUR_ACCOUNT, 'agent', 'ana@acme.example');

/** Beyond the numbers that the service gives. */
let lastNumber = 1_000_000;

export async function aTeam(): Promise<Team> {
  const world = await aWorld();
  const { pool } = world.database;
  const boot = (): Promise<void> =>
    declareConfiguration(
      pool,
      aDeclaration({
        account: aDeclaredAccount({ id: OUR_ACCOUNT, callSettleSeconds: 0 }),
        groups: [aDeclaredGroup('Support')],
        agents: [aDeclaredAgent('ana@acme.example', 'Ana')],
        endpoints: [aDeclaredMailbox('support@acme.example')],
      }),
    );
  await boot();
  const scopes = ['config:write', 'cases:write'] as const;
  const key = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'admin', scopes: [...scopes] });
  const theirs = await createApiKey(pool, { accountId: OTHER_ACCOUNT, name: 'admin', scopes: [...scopes] });
  const reader = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'config', scopes: ['config:read'] });
  const send: Team['send'] = (line, body, headers = {}) => world.send<Body>(line, { key, body, headers });
  return {
    world,
    theirs,
    reader,
    send,
    boot,
    anAgent: async (name, groups = ['Support']) => {
      const group_ids = groups.map((group) => `name:${group}`);
      const made = await send('POST /v1/agents', { email: `${name}-${newId()}@acme.example`, name, group_ids });
      return made.body;
    },
    aGroup: async (name, fields = {}) =>
      (await send('POST /v1/groups', { name: `${name} ${newId()}`, ...fields })).body,
    aCaseOf: (assigneeId, groupId, overrides = {}) => {
      lastNumber += 1;
      const number = String(lastNumber);
      return storeCase(world, { number, category: 'open', assigneeId, groupId, ...overrides });
    },
    caseOf: async (id) => (await send(`GET /v1/cases/${id}`)).body,
    kindsOf: async (id) => {
      const { rows } = await pool.query<{ kind: string }>(
        'select kind from case_event where case_id = $1 order by seq',
        [id],
      );
      return rows.map(({ kind }) => kind);
    },
  };
}
