import { isNativeError } from 'node:util/types';

import { errorCode } from '#libs/runtime';

/** `transient`: the same work may succeed later. `data`: it never will. `unknown`: a defect, until shown otherwise. */
export type PostgresErrorClass = 'transient' | 'data' | 'unknown';

/** SQLSTATE classes: connection, rollback (serialisation, deadlock), resources, operator intervention. */
const transientStates = /^(08|40|53|57P|55P03|25006)/;
/** SQLSTATE classes: data exception, integrity constraint violation. */
const dataStates = /^(22|23)/;
const transientCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);
/** pg reports these without a code. */
const transientMessages =
  /connection terminated|connection timeout|timeout exceeded when trying to connect|query read timeout|client was closed|client has encountered a connection error|after calling end on the pool/i;

/** What to do about a failed query. Looks through `cause` and through the several errors of one connection attempt. */
export function classifyPostgresError(error: unknown): PostgresErrorClass {
  if (!isNativeError(error)) {
    return 'unknown';
  }
  const own = classifyOne(errorCode(error), error.message);
  return own === 'unknown' ? classifyInner(error) : own;
}

function classifyOne(code: string, message: string): PostgresErrorClass {
  if (transientCodes.has(code) || transientMessages.test(message)) {
    return 'transient';
  }
  if (!/^[0-9A-Z]{5}$/.test(code)) {
    return 'unknown';
  }
  return transientStates.test(code) ? 'transient' : dataStates.test(code) ? 'data' : 'unknown';
}

/** Node puts the errors of the addresses that it tried into one AggregateError. */
function classifyInner(error: Error): PostgresErrorClass {
  const inner: unknown = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error.cause;
  return classifyPostgresError(inner);
}
