import { createHmac } from 'node:crypto';
import type { Configuration } from '#libs/runtime';

/** Injection token of the key that signs cursors. */
export const CURSOR_SECRET = Symbol('CURSOR_SECRET');

/** Derived from the installation's secret, so that every process of it reads every other's cursors. */
export function cursorSecret(configuration: Pick<Configuration, 'caseTokens'>): Buffer {
  return createHmac('sha256', configuration.caseTokens.secret).update('case-api/cursors').digest();
}
