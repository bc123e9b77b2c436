import { timingSafeEqual } from 'node:crypto';
import { apiKeyHash, findApiKey, type Queryable } from '#libs/case-store';

/** Who asks: an API key of an account. */
export interface Principal {
  readonly accountId: string;
  readonly keyName: string;
  readonly scopes: readonly string[];
}

export type Authentication =
  | { readonly kind: 'known'; readonly principal: Principal }
  /** Nothing was presented. */
  | { readonly kind: 'missing' }
  /** What was presented is malformed, unknown or revoked; which of them is not told. */
  | { readonly kind: 'invalid' };

/** RFC 6750 §2.1; a key that a configuration file declares may have any form that fits a header. */
const BEARER = /^Bearer +(\S{8,512}) *$/i;

/** Finds the principal of an `Authorization` header. Keys are compared by their hashes, in constant time. */
export async function authenticate(client: Queryable, header: string | undefined): Promise<Authentication> {
  if (header === undefined) {
    return { kind: 'missing' };
  }
  const key = BEARER.exec(header)?.[1];
  if (key === undefined) {
    return { kind: 'invalid' };
  }
  const hash = apiKeyHash(key);
  const found = await findApiKey(client, hash);
  if (found === null || !timingSafeEqual(found.keyHash, hash)) {
    return { kind: 'invalid' };
  }
  const { accountId, name, scopes } = found;
  return { kind: 'known', principal: { accountId, keyName: name, scopes } };
}
