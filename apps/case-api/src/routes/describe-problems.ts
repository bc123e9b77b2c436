import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { problemOf, type ProblemCode } from '../http/problem.js';
import { RULE_EXAMPLES } from '../http/rule-problems.js';

/** What each problem says for example, in the order in which the description shows those of one status. */
const EXAMPLES = {
  'malformed-query': '/query/limit: Must be a whole number, given once.',
  'malformed-request': 'The body is not valid JSON.',
  'idempotency-key-missing': 'The account asks for the header Idempotency-Key with every change.',
  unauthenticated: 'The API key is not valid.',
  'insufficient-scope': 'The API key needs the scope cases:read.',
  'impersonation-refused': 'The API key needs the scope impersonate to act for an agent.',
  'not-found': 'The case does not exist.',
  'already-settled': 'The interaction was rejected before.',
  'not-replayable': 'The request was not taken: it is refused.',
  'name-taken': 'A client is called shop already.',
  'identity-taken': 'Another contact has this address: merge the two, or take it from that one first.',
  'in-use': 'It is the default of the category open: make another status the default first.',
  'limit-reached': 'The client has two keys: the older one works until 2026-03-03T09:15:30.123Z.',
  'managed-by-configuration': 'The client is declared at apiKeys[0] of the configuration: change it there.',
  'callbar-not-configured': 'No tokens are made here: set callbar.secret.',
  'client-revoked': 'The client is revoked for good: make another one.',
  'idempotency-in-progress': 'The first request with this Idempotency-Key is still running; ask again.',
  'content-gone': 'The content is no longer in the blob store.',
  redacted: 'What the interaction said was taken away for good.',
  'content-withheld': 'The file is infected.',
  'version-mismatch': 'The version is 8 now.',
  'body-too-large': 'The body may have 1048576 bytes.',
  'uri-too-long': 'A part of the path is longer than any name here.',
  'range-not-satisfiable': 'The content has 10 bytes, and the range begins behind them.',
  'unsupported-media-type': 'Its Content-Type is missing or not read here; application/json is.',
  'validation-failed': '/query/limit: Must be between 1 and 100.',
  'unknown-field': '/query/colour: Not a parameter here.',
  'read-only': '/id: Cannot be written.',
  'agent-inactive': '/header/On-Behalf-Of: There is no active agent of this name.',
  'idempotency-key-reused': 'The Idempotency-Key was used for another request before.',
  'status-not-available': '/replacement_id: Must be another active status of the category open.',
  'field-required': '/key: Must be given.',
  'quota-exceeded': 'An API client may make 6000 requests in 60 seconds; ask again in 12.',
  'too-many-items': '/tags: Must have at most 50 items.',
  'precondition-required': 'The account asks for the header If-Match with every change.',
  ...RULE_EXAMPLES,
} as const satisfies Partial<Readonly<Record<ProblemCode, string>>>;

/** A problem that a route can be said to end in. */
export type DescribedProblem = keyof typeof EXAMPLES;

const CODES = Object.keys(EXAMPLES) as DescribedProblem[];
const REQUEST = { id: 'b2f1f5c0-0199-4a3c-9b7a-6f5e7c1d8d11', path: '/v1/cases' };

/** Describes the problems that an operation can end in, with an example of each, by their statuses. */
export function describeProblems(codes: readonly DescribedProblem[]): MethodDecorator {
  const problems = CODES.filter((code) => codes.includes(code)).map((code) => {
    return problemOf({ code, detail: EXAMPLES[code] }, REQUEST);
  });
  return applyDecorators(
    ...[...new Set(problems.map(({ status }) => status))].map((status) => {
      const alike = problems.filter((problem) => problem.status === status);
      const examples = Object.fromEntries(alike.map((problem) => [problem.code, { value: problem }]));
      const content = { 'application/problem+json': { schema: schemaOf(status, Object.keys(examples)), examples } };
      return ApiResponse({ status, description: alike[0]?.title ?? 'A problem', content });
    }),
  );
}

/** A problem of this status with one of these codes, so that clients made of the description can tell them apart. */
function schemaOf(status: number, codes: readonly string[]) {
  const members = { status: { type: 'integer', const: status }, code: { type: 'string', enum: [...codes] } };
  const own = { type: 'object', properties: members, required: Object.keys(members) };
  return { allOf: [{ $ref: '#/components/schemas/ProblemResource' }, own as object] };
}
