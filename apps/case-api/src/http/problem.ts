import { HttpException } from '@nestjs/common';

/** Root of the problem types: stable names, whether or not a page stands behind them. */
const PROBLEM_TYPES = 'https://casewright.io/problems/';

/** Codes of the problems that requests can end in; the whole list is in the API's description. */
export const PROBLEM_CODES = [
  'malformed-request',
  'malformed-query',
  'validation-failed',
  'unknown-field',
  'unauthenticated',
  'insufficient-scope',
  'not-found',
  'content-gone',
  'already-settled',
  'temporarily-unavailable',
  'internal-error',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

const TITLES: Readonly<Record<ProblemCode, readonly [status: number, title: string]>> = {
  'malformed-request': [400, 'The request cannot be read'],
  'malformed-query': [400, 'The query cannot be read'],
  'validation-failed': [422, 'A value is not allowed'],
  'unknown-field': [422, 'A field is not known'],
  unauthenticated: [401, 'An API key is needed'],
  'insufficient-scope': [403, 'The API key lacks a scope'],
  'not-found': [404, 'There is nothing here'],
  'content-gone': [410, 'The content is gone'],
  'already-settled': [409, 'Somebody has decided otherwise'],
  'temporarily-unavailable': [503, 'The service cannot answer now'],
  'internal-error': [500, 'The service failed'],
};

/** One thing that is wrong, by its place in the request: `/query/limit`. */
export interface ProblemPart {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** RFC 9457, with our extension members. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly request_id: string;
  readonly errors?: readonly ProblemPart[];
}

/** A problem that does not know its request yet. */
export interface ProblemDraft {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly ProblemPart[];
  /** Response headers that belong to the problem. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces the usual status of the code. */
  readonly status?: number;
}

/** Carries a problem out of a controller or a guard. */
export class ProblemException extends HttpException {
  constructor(readonly draft: ProblemDraft) {
    super(draft.detail, draft.status ?? TITLES[draft.code][0]);
  }
}

export function notFound(what: string): ProblemException {
  return new ProblemException({ code: 'not-found', detail: `${what} does not exist.` });
}

export function problemOf(draft: ProblemDraft, request: { readonly id: string; readonly path: string }): Problem {
  const [status, title] = TITLES[draft.code];
  return {
    type: `${PROBLEM_TYPES}${draft.code}`,
    title,
    status: draft.status ?? status,
    detail: draft.detail,
    instance: request.path,
    code: draft.code,
    request_id: request.id,
    ...(draft.errors === undefined ? {} : { errors: draft.errors }),
  };
}
