import { declareConfiguration } from '#libs/case-store';
import { declaredId } from '#libs/interaction';
import { aDeclaration, aDeclaredAccount, aDeclaredAgent, createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from './identities.js';
import { aWorld, type Answer, type World } from './world.js';

export interface ClientBody {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly version: number;
  readonly last_used_at: string | null;
  readonly keys: readonly { readonly expires_at: string | null }[];
}

/** The client of the configuration file. */
export const DECLARED = {
  name: 'ops',
  key: 'k'.repeat(40),
  scopes: ['cases:read'],
  allowedAgents: null,
  place: 'apiKeys[0]',
};
export const EVERY_SCOPE = [
  'cases:admin',
  'contacts:admin',
  'config:write',
  'ops:write',
  'deliveries:replay',
  'impersonate',
];

const agentId = (email: string): string => declaredId(OUR_ACCOUNT, 'agent', email);
export const ANA = agentId('ana@acme.example');
/** An administrator. */
export const RUI = agentId('rui@acme.example');

interface Options {
  /** The owner's unless told. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The Case API with two agents, a client of the file, and one that may do everything: the owner. */
export interface ClientsWorld {
  readonly world: World;
  readonly owner: string;
  send(line: string, body?: unknown, options?: Options): Promise<Answer<ClientBody>>;
  /** Makes one that reads cases, unless told otherwise; a request that fails is an error. */
  aClient(fields?: Readonly<Record<string, unknown>>, options?: Options): Promise<ClientBody>;
  /** Status of reading cases with the key. */
  reads(key: string): Promise<number>;
}

export async function aClientsWorld(): Promise<ClientsWorld> {
  const world = await aWorld();
  const { pool } = world.database;
  const rui = { ...aDeclaredAgent('rui@acme.example', 'Rui'), role: 'admin' };
  const agents = [aDeclaredAgent('ana@acme.example', 'Ana'), rui];
  const account = aDeclaredAccount({ id: OUR_ACCOUNT });
  await declareConfiguration(pool, aDeclaration({ account, agents, apiKeys: [DECLARED] }));
  const owner = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'owner', scopes: EVERY_SCOPE });
  const send: ClientsWorld['send'] = (line, body, options) => world.send(line, { key: owner, body, ...options });
  let made = 0;
  return {
    world,
    owner,
    send,
    async aClient(fields, options) {
      made += 1;
      const wanted = { name: `client ${made}`, scopes: ['cases:read'], ...fields };
      const answer = await send('POST /v1/clients', wanted, options);
      if (answer.status !== 201) {
        throw new Error(`the client was not made: ${JSON.stringify(answer.body)}`);
      }
      return answer.body;
    },
    reads: async (key) => (await world.get('/v1/cases', { key })).status,
  };
}

/** Status, code, and pointer and code of each part. */
export function codeOf({ status, body }: Answer<ClientBody>): unknown[] {
  const { code, errors } = body as unknown as { code?: string; errors?: readonly { pointer: string; code: string }[] };
  return [status, code, ...(errors ?? []).map((part) => `${part.pointer} ${part.code}`)];
}
