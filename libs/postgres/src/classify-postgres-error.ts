import { isNativeError } from 'node:util/types';

import { errorCode } from '#libs/runtime';

/**
 * `transient`: the infrastructure failed, and the same work may succeed later. `data`: it proposes that what is written is
 * at fault. `unknown`: it says neither.
 */
export type PostgresErrorClass = 'transient' | 'data' | 'unknown';

/**
 * SQLSTATE classes that are never the fault of what is written: connection; a feature that the server lacks, or a plan that
 * a migration has outdated (0A000); state of the transaction, time-outs of it and read-only servers; authorisation; names
 * of prepared statements and databases; rollback (serialisation, deadlock); privileges and names, which are a defect or a
 * migration that is missing; resources; state of objects; operator intervention, cancelled statements; disks; configuration;
 * defects of the server.
 */
const transientStates = /^(08|0A|25|26|28|3D|40|42|53|55|57|58|F0|XX)/;
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
  return classifyPostgresError(innerOf(error));
}

function innerOf(error: Error): unknown {
  return 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error.cause;
}

/** Of the transient ones those that somebody has to mend: statements and tables that do not fit, and errors of the server. */
const defectStates = /^(0A|42|XX)/;

/** Whether a failed query failed for a defect: whoever asked for it gains nothing by asking again soon. */
export function isPostgresDefect(error: unknown): boolean {
  if (!isNativeError(error)) {
    return false;
  }
  const code = errorCode(error);
  return /^[0-9A-Z]{5}$/.test(code) ? defectStates.test(code) : isPostgresDefect(innerOf(error));
}
