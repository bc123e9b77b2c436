import { createHmac, randomBytes } from 'node:crypto';
import type { Configuration } from '#libs/runtime';

/** Injection token of the key that signs cursors. */
export const CURSOR_SECRET = Symbol('CURSOR_SECRET');

/**
 * Derived from the installation's secret, so that every process of it reads every other's cursors. Without one, a
 * cursor lasts as long as the process that wrote it, and clients start the list again.
 */
export function cursorSecret(configuration: Pick<Configuration, 'caseTokens'>): Buffer {
  const secret = configuration.caseTokens.secret ?? randomBytes(32);
  return createHmac('sha256', secret).update('case-api/cursors').digest();
}
