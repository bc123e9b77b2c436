import { SUSPENSIONS } from '#libs/case-domain';
import { QUARANTINE_STATES, type QuarantineState, type SuspendedFilter } from '#libs/case-store';
import { ProblemException } from '../http/problem.js';
import { PAGE_PARAMETERS, readPageQuery, type PageQuery } from '../query/page-query.js';
import { someOf, type QueryParameter } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';

const MOST_NOTE_CHARACTERS = 500;

export const QUARANTINE_FILTERS: readonly QueryParameter[] = [
  someOf('reason', SUSPENSIONS, 'Any of these.'),
  someOf('state', QUARANTINE_STATES, 'Any of these; what waits unless told.'),
];

/** Reads the query of the list; what waits unless other states are named. */
export function readQuarantineQuery(query: RawQuery): { filter: SuspendedFilter; page: PageQuery } {
  const reader = createQueryReader(query, [...PAGE_PARAMETERS, ...QUARANTINE_FILTERS]);
  const page = readPageQuery(reader);
  const reasons = reader.list('reason', SUSPENSIONS) ?? null;
  const states = reader.list('state', QUARANTINE_STATES) ?? ['waiting'];
  reader.finish();
  return { filter: { states: states as QuarantineState[], reasons }, page };
}

/**
 * Reads the one text that a decision may come with: `{ "reason": "…" }`. Throws 422 for anything else, and when it is
 * missing where it is required.
 */
export function readDecisionReason(body: unknown, isRequired: boolean): string | null {
  const given = body ?? {};
  const isObject = typeof given === 'object' && !Array.isArray(given);
  const unknown = isObject ? Object.keys(given).find((name) => name !== 'reason') : undefined;
  if (!isObject || unknown !== undefined) {
    throw refusal(unknown === undefined ? '' : `/${unknown.slice(0, 100)}`, 'unknown-field', 'Known: reason.');
  }
  const reason: unknown = (given as { readonly reason?: unknown }).reason;
  if (reason === undefined && !isRequired) {
    return null;
  }
  const text = typeof reason === 'string' ? reason.trim() : '';
  if (text === '' || text.length > MOST_NOTE_CHARACTERS || text.includes('\u0000')) {
    throw refusal('/reason', 'validation-failed', `Must be a text of 1 to ${MOST_NOTE_CHARACTERS} characters.`);
  }
  return text;
}

function refusal(pointer: string, code: 'unknown-field' | 'validation-failed', detail: string): ProblemException {
  return new ProblemException({ code, detail: `${pointer}: ${detail}`, errors: [{ pointer, code, detail }] });
}
