import { clientNameOf, SCOPES, scopeNamed, type Scope } from '#libs/case-domain';
import type { AgentName } from '#libs/case-store';
import { isUuid, ownAddress } from '#libs/interaction';
import { listOf } from '../body/collections.js';
import { checked, described, readOnly, required, type Field } from '../body/field.js';
import { line } from '../body/values.js';

const LONGEST_AGENT_NAME = 300;

const name = described(
  checked(line({ max: 100 }), (value, place) => {
    return clientNameOf(value) ?? place.refuse('Must be one line of 1 to 100 characters.');
  }),
  'What it is called; no two clients have one name.',
  'shop',
);

/** By any name that is taken for it. */
const scope: Field<Scope> = {
  read: (given, place) =>
    (typeof given === 'string' ? scopeNamed(given) : null) ?? place.refuse(`Must be one of: ${SCOPES.join(', ')}.`),
  schema: { type: 'string', enum: [...SCOPES] },
};

/** Each once, in the order in which scopes are listed. */
const scopes = described(
  checked(listOf(scope, { max: 100 }), (values, place) => {
    return values.length === 0 ? place.refuse('Must name a scope.') : SCOPES.filter((one) => values.includes(one));
  }),
  'What it may do. Write includes read, admin includes write.',
  ['cases:write'],
);

const agent: Field<AgentName> = {
  read(given, place) {
    const text = typeof given === 'string' && given.length <= LONGEST_AGENT_NAME ? given : '';
    if (isUuid(text)) {
      return { id: text.toLowerCase() };
    }
    return text.startsWith('email:') && !text.includes('\u0000')
      ? { email: ownAddress(text.slice('email:'.length)) }
      : place.refuse('Must be the id of an agent, or "email:" and the address of one.');
  },
  schema: { type: 'string', maxLength: LONGEST_AGENT_NAME },
};

const agents = listOf(agent, { max: 1000 });

/** Null is all of them. */
const allowedAgents: Field<readonly AgentName[] | null> = described(
  {
    read: (given, place) => (given === 'all' ? null : agents.read(given, place)),
    schema: { anyOf: [{ type: 'string', enum: ['all'] }, agents.schema] },
  },
  'With the scope `impersonate`: `all`, or ids of agents, or `email:` and their addresses.',
);

const SERVED = {
  id: readOnly(),
  state: readOnly(),
  managed_by: readOnly(),
  keys: readOnly(),
  key: readOnly(),
  version: readOnly(),
  created_at: readOnly(),
  last_used_at: readOnly(),
};

export const NEW_CLIENT = { name: required(name), scopes: required(scopes), allowed_agents: allowedAgents, ...SERVED };
export const CLIENT_PATCH = { name, scopes, allowed_agents: allowedAgents, ...SERVED };
/** Commands that take nothing. */
export const NO_FIELDS = {};
