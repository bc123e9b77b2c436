import { clientNameOf, SCOPES, scopeNamed, type Scope } from '#libs/case-domain';
import type { AgentName } from '#libs/case-store';
import { isUuid, ownAddress } from '#libs/interaction';
import type { ProblemPart } from '#libs/runtime';

/** What a body says of a client; absent is as it is. */
export interface WrittenClient {
  readonly name?: string;
  readonly scopes?: readonly Scope[];
  /** Null is all of them. */
  readonly agents?: readonly AgentName[] | null;
}

/** A body as far as it can be read, and all that is wrong with it. */
export interface ReadClient {
  readonly written: WrittenClient;
  readonly faults: readonly ProblemPart[];
}

const WRITABLE = ['name', 'scopes', 'allowed_agents'];
const READ_ONLY = ['id', 'state', 'managed_by', 'keys', 'key', 'version', 'created_at', 'last_used_at'];
const MOST_AGENTS = 1000;

type Field<Value> = { readonly value: Value } | { readonly faults: readonly ProblemPart[] };

/** Reads a body with these fields required. What needs no store is checked here. */
export function readClientBody(body: unknown, required: readonly string[]): ReadClient {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { written: {}, faults: [fault('', 'Must be an object.')] };
  }
  const given = body as Readonly<Record<string, unknown>>;
  const name = fieldOf(given, 'name', nameOf);
  const scopes = fieldOf(given, 'scopes', scopesOf);
  const agents = fieldOf(given, 'allowed_agents', agentsOf);
  const missing = required.filter((one) => !Object.hasOwn(given, one)).map((one) => fault(`/${one}`, 'Is missing.'));
  const others = Object.keys(given).filter((one) => !WRITABLE.includes(one));
  return {
    written: { ...valueOf('name', name), ...valueOf('scopes', scopes), ...valueOf('agents', agents) },
    faults: [...missing, ...[name, scopes, agents].flatMap(faultsOf), ...others.map(foreign)],
  };
}

export function fault(pointer: string, detail: string, code = 'validation-failed'): ProblemPart {
  return { pointer, code, detail };
}

function foreign(name: string): ProblemPart {
  const pointer = `/${name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return READ_ONLY.includes(name)
    ? fault(pointer, 'Cannot be written.', 'read-only')
    : fault(pointer, `Known: ${WRITABLE.join(', ')}.`, 'unknown-field');
}

function fieldOf<Value>(
  given: Readonly<Record<string, unknown>>,
  name: string,
  read: (value: unknown) => Field<Value>,
): Field<Value> | null {
  return Object.hasOwn(given, name) ? read(given[name]) : null;
}

function valueOf<Name extends string, Value>(name: Name, field: Field<Value> | null): { [Key in Name]?: Value } {
  return (field !== null && 'value' in field ? { [name]: field.value } : {}) as { [Key in Name]?: Value };
}

function faultsOf(field: Field<unknown> | null): readonly ProblemPart[] {
  return field !== null && 'faults' in field ? field.faults : [];
}

function nameOf(value: unknown): Field<string> {
  const name = typeof value === 'string' ? clientNameOf(value) : null;
  return name === null ? { faults: [fault('/name', 'Must be one line of 1 to 100 characters.')] } : { value: name };
}

/** Each once, in the order in which scopes are listed, by the names that they have here. */
function scopesOf(value: unknown): Field<Scope[]> {
  const names: readonly unknown[] = Array.isArray(value) ? value : [];
  if (names.length === 0 || names.length > MOST_AGENTS) {
    return { faults: [fault('/scopes', `Must be a list of some of: ${SCOPES.join(', ')}.`)] };
  }
  const scopes = names.map((name) => (typeof name === 'string' ? scopeNamed(name) : null));
  const faults = scopes.flatMap((scope, index) =>
    scope === null ? [fault(`/scopes/${index}`, `Must be one of: ${SCOPES.join(', ')}.`)] : [],
  );
  return faults.length > 0 ? { faults } : { value: SCOPES.filter((scope) => scopes.includes(scope)) };
}

function agentsOf(value: unknown): Field<AgentName[] | null> {
  if (value === 'all') {
    return { value: null };
  }
  if (!Array.isArray(value) || value.length > MOST_AGENTS) {
    const detail = `Must be "all", or a list of at most ${MOST_AGENTS} ids or "email:" and addresses of agents.`;
    return { faults: [fault('/allowed_agents', detail)] };
  }
  const names = value.map(agentNameOf);
  const faults = names.flatMap((name, index) =>
    name === null ? [fault(`/allowed_agents/${index}`, 'Must be the id of an agent, or "email:" and an address.')] : [],
  );
  return faults.length > 0 ? { faults } : { value: names.flatMap((name) => name ?? []) };
}

function agentNameOf(value: unknown): AgentName | null {
  if (typeof value !== 'string' || value.length > 300 || value.includes('\u0000')) {
    return null;
  }
  if (isUuid(value)) {
    return { id: value.toLowerCase() };
  }
  return value.startsWith('email:') ? { email: ownAddress(value.slice('email:'.length)) } : null;
}
