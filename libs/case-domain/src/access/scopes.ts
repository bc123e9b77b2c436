/** What an API client may be allowed to do. */
export const SCOPES = [
  'cases:read',
  'cases:write',
  'cases:admin',
  'contacts:read',
  'contacts:write',
  'contacts:admin',
  'config:read',
  'config:write',
  'ops:read',
  'ops:write',
  'deliveries:read',
  'deliveries:replay',
  'callbar:issue',
  'impersonate',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Names that clients of the Talkdesk Case API ask for. */
const OTHER_NAMES: Readonly<Record<string, Scope>> = {
  'cases-public:read': 'cases:read',
  'cases-public:write': 'cases:write',
  'case-fields-public:read': 'cases:read',
};

/** Each includes those before it. */
const DEGREES = ['read', 'replay', 'write', 'admin'];

/** The scope of that name, or of one that is taken for it; null when there is none. */
export function scopeNamed(name: string): Scope | null {
  return (
    SCOPES.find((scope) => scope === name) ?? (Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : null) ?? null
  );
}

/** Whether a client with the scopes may do what asks for the wanted one. Names that are not known allow nothing. */
export function allows(held: readonly string[], wanted: Scope): boolean {
  return held.some((name) => {
    const scope = scopeNamed(name);
    return scope !== null && includes(scope, wanted);
  });
}

/** Those of the wanted scopes that the held ones do not include. */
export function scopesBeyond(held: readonly string[], wanted: readonly Scope[]): Scope[] {
  return wanted.filter((scope) => !allows(held, scope));
}

function includes(scope: Scope, wanted: Scope): boolean {
  const [area, degree = ''] = scope.split(':');
  const [wantedArea, wantedDegree = ''] = wanted.split(':');
  return area === wantedArea && DEGREES.indexOf(degree) >= DEGREES.indexOf(wantedDegree);
}

/** The role of agents who may do everything. */
const ADMIN = 'admin';

/** Whether an agent of the role may do it: purging, erasing and configuring are for administrators. */
export function isOpenToRole(role: string, scope: Scope): boolean {
  return role === ADMIN || !(scope.endsWith(':admin') || scope === 'config:write');
}

/** What a request may do: the scopes of its client, and the agent for whom it acts. */
export interface Powers {
  readonly scopes: readonly string[];
  readonly agent: { readonly role: string } | null;
}

export type Permission = 'granted' | 'scope-missing' | 'role-missing';

/** Whether the powers suffice for one of the scopes. */
export function permissionFor({ scopes, agent }: Powers, oneOf: readonly Scope[]): Permission {
  const allowed = oneOf.filter((scope) => allows(scopes, scope));
  if (allowed.length === 0) {
    return 'scope-missing';
  }
  return agent === null || allowed.some((scope) => isOpenToRole(agent.role, scope)) ? 'granted' : 'role-missing';
}
