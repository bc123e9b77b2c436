import { HttpException } from '@nestjs/common';
import {
  FRAMEWORK_PROBLEM_CODES,
  frameworkProblem,
  type FrameworkProblemCode,
  type Problem,
  problemDocument,
  type ProblemCause,
  type ProblemPart,
} from '#libs/runtime';
import { RULE_TITLES } from './rule-problems.js';

/** What this API alone ends in. */
const TITLES = {
  'malformed-query': [400, 'The query cannot be read'],
  'validation-failed': [422, 'A value is not allowed'],
  'unknown-field': [422, 'A field is not known'],
  unauthenticated: [401, 'An API key is needed'],
  'insufficient-scope': [403, 'The API key lacks a scope'],
  'impersonation-refused': [403, 'The client may not act for the agent'],
  'agent-inactive': [422, 'The agent is not active'],
  'callbar-not-configured': [409, 'The call bar has no secret'],
  'name-taken': [409, 'The name is taken'],
  'identity-taken': [409, 'The identity is another contact’s'],
  'in-use': [409, 'Something uses it'],
  'limit-reached': [409, 'There are as many as there may be'],
  'managed-by-configuration': [409, 'The configuration file declares it'],
  'client-revoked': [409, 'The API client is revoked'],
  'content-gone': [410, 'The content is gone'],
  redacted: [410, 'What was said was taken away for good'],
  'content-withheld': [409, 'The content is withheld'],
  'range-not-satisfiable': [416, 'The range is not there'],
  'not-replayable': [409, 'There is nothing to publish again'],
  'already-settled': [409, 'Somebody has decided otherwise'],
  'idempotency-key-missing': [400, 'An idempotency key is needed'],
  'idempotency-key-reused': [422, 'The idempotency key was used for another request'],
  'idempotency-in-progress': [409, 'The first request with this key is still running'],
  'quota-exceeded': [429, 'The quota of the API client is used up'],
  'read-only': [422, 'A field cannot be written'],
  'status-not-available': [422, 'The status cannot be used'],
  'field-required': [422, 'A field is missing'],
  'too-many-items': [422, 'A list is too long'],
  'precondition-required': [428, 'The version that is to be changed must be named'],
  'version-mismatch': [412, 'Somebody has changed it meanwhile'],
  ...RULE_TITLES,
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;
type OwnProblemCode = keyof typeof TITLES;

export type ProblemCode = OwnProblemCode | FrameworkProblemCode;

/** Codes of the problems that requests can end in; the whole list is in the API's description. */
export const PROBLEM_CODES: readonly ProblemCode[] = [
  ...(Object.keys(TITLES) as OwnProblemCode[]),
  ...FRAMEWORK_PROBLEM_CODES,
];

/** What may be wrong with a value. */
const OF_VALUES = (Object.keys(TITLES) as OwnProblemCode[]).filter((code) => TITLES[code][0] === 422);

/** A problem that does not know its request yet. */
export interface ProblemDraft {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly ProblemPart[];
  /** Instead of the type that follows from the code. */
  readonly type?: string;
  /** Extension members of this problem alone. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Response headers that belong to the problem. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces the usual status of the code. */
  readonly status?: number;
}

/** Carries a problem out of a controller or a guard. */
export class ProblemException extends HttpException {
  constructor(readonly draft: ProblemDraft) {
    super(draft.detail, causeOf(draft).status);
  }
}

export function notFound(what: string): ProblemException {
  return new ProblemException({ code: 'not-found', detail: `${what} does not exist.` });
}

/** All that is wrong with the values of a request, at once; of one kind it is a problem of that kind. */
export function unprocessable(faults: readonly ProblemPart[]): ProblemException {
  const [first] = faults;
  const detail = faults.length === 1 ? `${first?.pointer}: ${first?.detail}` : `${faults.length} values are wrong.`;
  const isOneKind = faults.every((fault) => fault.code === first?.code);
  const code = OF_VALUES.find((one) => isOneKind && one === first?.code) ?? 'validation-failed';
  return new ProblemException({ code, detail, errors: faults });
}

/** A header that cannot be read. */
export function malformedHeader(name: string, detail: string): ProblemException {
  const errors = [{ pointer: `/header/${name}`, code: 'malformed-request', detail }];
  return new ProblemException({ code: 'malformed-request', detail: `${name}: ${detail}`, errors });
}

/** A draft with the title and the status of its code. */
export function causeOf({ code, detail, status, headers, ...further }: ProblemDraft): ProblemCause {
  const usual = isOwn(code)
    ? { code, status: TITLES[code][0], title: TITLES[code][1], detail }
    : frameworkProblem(code, detail);
  return { ...usual, ...further, status: status ?? usual.status, headers: { ...usual.headers, ...headers } };
}

function isOwn(code: ProblemCode): code is OwnProblemCode {
  return code in TITLES;
}

/** The document that a client gets. */
export function problemOf(draft: ProblemDraft, request: { readonly id: string; readonly path: string }): Problem {
  return problemDocument(causeOf(draft), { id: request.id, url: request.path });
}
