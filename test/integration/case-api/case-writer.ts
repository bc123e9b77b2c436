import { declareConfiguration } from '#libs/case-store';
import { declaredId } from '#libs/interaction';
import { aDeclaration, aDeclaredAccount, aDeclaredAgent, createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from './identities.js';
import { type Answer, aWorld, type World } from './world.js';

export interface CaseBody {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly status: string;
  readonly assignee_id: string | null;
  readonly requester: { readonly id: string };
}
export interface Problem {
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
  readonly changed_fields?: readonly string[];
  readonly current_version?: number;
}

/** A client that may do everything with cases, for Ana of Support and Bo of Sales too. */
export interface CaseWriter {
  readonly world: World;
  send<Body = CaseBody & Problem>(
    line: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
  /** Opens a case; each for somebody else, so that nobody has served the requester before. */
  create(body?: object): Promise<Answer<CaseBody & Problem>>;
}

export const ANA = declaredId(OUR_ACCOUNT, 'agent', 'ana@acme.example');

export async function aCaseWriter(): Promise<CaseWriter> {
  const world = await aWorld();
  const { pool } = world.database;
  const bo = { ...aDeclaredAgent('bo@acme.example', 'Bo'), groups: ['Sales'] };
  const agents = [aDeclaredAgent('ana@acme.example', 'Ana'), bo];
  await declareConfiguration(pool, aDeclaration({ account: aDeclaredAccount({ id: OUR_ACCOUNT }), agents }));
  const scopes = ['cases:admin', 'impersonate'];
  const key = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'writer', scopes });
  const send: CaseWriter['send'] = (line, body, headers = {}) =>
    world.send(line, { key, headers, ...(body === undefined ? {} : { body }) });
  let requesters = 0;
  const create: CaseWriter['create'] = (body = {}) => {
    requesters += 1;
    const requester = { email: `customer${requesters}@example.org` };
    return send('POST /v1/cases', { subject: 'My lamp is broken', requester, ...body });
  };
  return { world, send, create };
}

export const pathOf = ({ body }: { readonly body: CaseBody }): string => `/v1/cases/${body.id}`;

/** Status, code, and what is wrong where. */
export const codesOf = ({ status, body }: Answer<Problem>): unknown[] => [
  status,
  body.code,
  ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
];
