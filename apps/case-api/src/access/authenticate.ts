import { timingSafeEqual } from 'node:crypto';
import { apiKeyHash, findClientOfKey, type KnownClient, type Queryable } from '#libs/case-store';

export type Authentication =
  | { readonly kind: 'known'; readonly client: KnownClient }
  /** Nothing was presented. */
  | { readonly kind: 'missing' }
  /** What was presented is malformed, unknown, over or revoked; which of them is not told. */
  | { readonly kind: 'invalid' };

/** RFC 6750 §2.1; a key that a configuration file declares may have any form that fits a header. */
const BEARER = /^Bearer +(\S{8,512}) *$/i;

/** Finds the client of an `Authorization` header. Keys are compared by their hashes, in constant time. */
export async function authenticate(store: Queryable, header: string | undefined): Promise<Authentication> {
  if (header === undefined) {
    return { kind: 'missing' };
  }
  const key = BEARER.exec(header)?.[1];
  if (key === undefined) {
    return { kind: 'invalid' };
  }
  const hash = apiKeyHash(key);
  const client = await findClientOfKey(store, hash);
  return client === null || !timingSafeEqual(client.keyHash, hash) ? { kind: 'invalid' } : { kind: 'known', client };
}
