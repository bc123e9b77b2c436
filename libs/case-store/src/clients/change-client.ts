import type { Queryable } from '../queryable.js';
import type { ClientView } from '../sql/api-clients/client-view.js';
import { deleteClientKeys } from '../sql/api-clients/delete-client-keys.js';
import { loadClient, type ClientName } from '../sql/api-clients/load-client.js';
import { lockClients } from '../sql/api-clients/lock-clients.js';
import { updateClient } from '../sql/api-clients/update-client.js';
import type { ClientOutcome, ClientRefusal } from './client-outcome.js';

export type ClientChange = Partial<Pick<ClientView, 'name' | 'scopes' | 'allowedAgents'>>;

/** The client to work on, locked until the transaction ends, or why nobody may change it. */
export async function lockChangeable(
  transaction: Queryable,
  accountId: string,
  name: ClientName,
): Promise<{ readonly kind: 'changeable'; readonly client: ClientView } | ClientRefusal> {
  await lockClients(transaction, accountId);
  const client = await loadClient(transaction, accountId, name);
  if (client === null) {
    return { kind: 'unknown' };
  }
  if (client.place !== null) {
    return { kind: 'declared', place: client.place };
  }
  return client.state === 'revoked' ? { kind: 'revoked' } : { kind: 'changeable', client };
}

/** Changes a client in the caller's transaction; what changes nothing makes no new version. */
export async function changeClient(
  transaction: Queryable,
  { accountId, name, change }: { readonly accountId: string; readonly name: ClientName; readonly change: ClientChange },
): Promise<ClientOutcome> {
  const found = await lockChangeable(transaction, accountId, name);
  if (found.kind !== 'changeable') {
    return found;
  }
  const before = found.client;
  const after = { ...before, ...change };
  const holder = await loadClient(transaction, accountId, { name: after.name });
  if (holder !== null && holder.id !== before.id) {
    return { kind: 'name-taken', id: holder.id };
  }
  if (JSON.stringify(after) === JSON.stringify(before)) {
    return { kind: 'done', client: before };
  }
  await updateClient(transaction, accountId, after);
  return reloaded(transaction, accountId, before.id);
}

/** Ends a client and its keys at once, in the caller's transaction; one that is revoked stays so. */
export async function revokeClient(
  transaction: Queryable,
  accountId: string,
  name: ClientName,
): Promise<ClientOutcome> {
  const found = await lockChangeable(transaction, accountId, name);
  if (found.kind === 'revoked') {
    const client = await loadClient(transaction, accountId, name);
    return client === null ? { kind: 'unknown' } : { kind: 'done', client };
  }
  if (found.kind !== 'changeable') {
    return found;
  }
  const { client } = found;
  await deleteClientKeys(transaction, accountId, client.id);
  await updateClient(transaction, accountId, { ...client, state: 'revoked' });
  return reloaded(transaction, accountId, client.id);
}

async function reloaded(transaction: Queryable, accountId: string, id: string): Promise<ClientOutcome> {
  const client = await loadClient(transaction, accountId, { id });
  return client === null ? { kind: 'unknown' } : { kind: 'done', client };
}
