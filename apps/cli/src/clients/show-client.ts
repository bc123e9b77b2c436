import type { ClientRefusal, ClientView } from '#libs/case-store';
import { fitted } from '../terminal.js';

/** A client as programs read it: as the Case API shows it. */
export function documentOf(client: ClientView): Record<string, unknown> {
  return {
    id: client.id,
    name: client.name,
    scopes: client.scopes,
    allowed_agents: client.allowedAgents ?? 'all',
    state: client.state,
    managed_by: client.place === null ? 'api' : 'file',
    keys: client.keys.map(({ createdAt, expiresAt }) => ({ created_at: createdAt, expires_at: expiresAt })),
    version: client.version,
    created_at: client.createdAt,
    last_used_at: client.lastUsedAt,
  };
}

export function rowOf(client: ClientView): string[] {
  return [
    fitted(client.name, 40),
    client.state,
    client.scopes.join(','),
    client.scopes.includes('impersonate') ? (client.allowedAgents?.length.toString() ?? 'all') : '',
    String(client.keys.length),
    client.lastUsedAt?.toISOString() ?? 'never',
    client.place ?? '',
    client.id,
  ];
}

/** Why nothing was done, and what to do. */
export function sentenceOf(refusal: ClientRefusal, name: string): string {
  switch (refusal.kind) {
    case 'unknown':
      return `There is no client "${name}": "casewright clients list" shows them.`;
    case 'name-taken':
      return `A client is called "${name}" already: choose another name. Revoked ones keep theirs.`;
    case 'declared':
      return `"${name}" is declared at ${refusal.place} of the configuration: change it there and start again.`;
    case 'revoked':
      return `"${name}" is revoked for good: make another one.`;
    case 'two-keys':
      return `"${name}" has two keys: the older one works until ${refusal.until.toISOString()}. Rotate after that, or revoke.`;
  }
}
