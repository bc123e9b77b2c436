import { isNativeError } from 'node:util/types';

/** The error's code: `ENOENT`, a SQLSTATE, …; empty when it has none. Errors of another realm (vm, worker) count too. */
export function errorCode(error: unknown): string {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What an error says, whatever was thrown. */
export function errorMessage(error: unknown): string {
  return isNativeError(error) ? error.message : String(error);
}
