import { applyDecorators } from '@nestjs/common';
import { ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { SUSPENSIONS } from '#libs/case-domain';
import { QUARANTINE_STATES } from '#libs/case-store';
import { CASE_SOURCES } from '#libs/interaction';
import { CASE_TYPES, PRIORITIES, STATUSES } from '../cases/case-query.js';
import { problemOf, type ProblemCode } from '../http/problem.js';

/** The problems of each status, as the description shows them. */
const EXAMPLES: Readonly<Record<number, readonly [ProblemCode, string][]>> = {
  400: [
    ['malformed-query', '/query/limit: Must be a whole number, given once.'],
    ['malformed-request', 'The body is not valid JSON.'],
  ],
  401: [['unauthenticated', 'The API key is not valid.']],
  403: [['insufficient-scope', 'The API key needs the scope cases:read.']],
  404: [['not-found', 'The case does not exist.']],
  409: [['already-settled', 'The interaction was rejected before.']],
  410: [['content-gone', 'The content is no longer in the blob store.']],
  413: [['body-too-large', 'The body may have 1048576 bytes.']],
  415: [['unsupported-media-type', 'Its Content-Type is missing or not read here; application/json is.']],
  422: [
    ['validation-failed', '/query/limit: Must be between 1 and 100.'],
    ['unknown-field', '/query/colour: Not a parameter here.'],
  ],
};

/** Describes the problems that an operation can end in, with an example of each type. */
export function ApiProblems(...statuses: readonly number[]): MethodDecorator {
  const request = { id: 'b2f1f5c0-0199-4a3c-9b7a-6f5e7c1d8d11', path: '/v1/cases' };
  return applyDecorators(
    ...statuses.map((status) => {
      const problems = (EXAMPLES[status] ?? []).map(([code, detail]) => problemOf({ code, detail }, request));
      const examples = Object.fromEntries(problems.map((problem) => [problem.code, { value: problem }]));
      return ApiResponse({
        status,
        description: problems[0]?.title ?? 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemResource' }, examples } },
      });
    }),
  );
}

export function ApiPage(): MethodDecorator {
  return applyDecorators(
    ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } }),
    ApiQuery({ name: 'cursor', required: false, description: '`next_cursor` of the page before.', schema: TEXT }),
  );
}

export function ApiCaseId(): MethodDecorator {
  return ApiParam({ name: 'id', description: 'UUID, or `number:123`.', schema: TEXT });
}

const TEXT = { type: 'string' } as const;
const UUID = { type: 'string', format: 'uuid' } as const;
const INSTANT = { type: 'string', format: 'date-time' } as const;

const listOf = (name: string, values: readonly string[], description: string): MethodDecorator =>
  ApiQuery({
    name,
    required: false,
    description,
    style: 'form',
    explode: false,
    schema: { type: 'array', items: { type: 'string', enum: [...values] } },
  });

export function ApiQuarantineFilters(): MethodDecorator {
  return applyDecorators(
    listOf('reason', SUSPENSIONS, 'Any of these.'),
    listOf('state', QUARANTINE_STATES, 'Any of these; what waits unless told.'),
  );
}

export function ApiCaseFilters(): MethodDecorator {
  return applyDecorators(
    listOf('status', STATUSES, 'Any of these; a category does not include closed cases.'),
    listOf('priority', PRIORITIES, 'Any of these.'),
    listOf('type', CASE_TYPES, 'Any of these.'),
    listOf('source', CASE_SOURCES, 'Any of these.'),
    ApiQuery({ name: 'group_id', required: false, schema: UUID }),
    ApiQuery({ name: 'assignee_id', required: false, schema: UUID }),
    ApiQuery({ name: 'unassigned', required: false, schema: { type: 'boolean' } }),
    ApiQuery({ name: 'requester_id', required: false, schema: UUID }),
    ApiQuery({ name: 'tag', required: false, schema: TEXT }),
    ApiQuery({ name: 'q', required: false, description: 'Part of the subject, in any letter case.', schema: TEXT }),
    ApiQuery({ name: 'created_from', required: false, description: 'Inclusive.', schema: INSTANT }),
    ApiQuery({ name: 'created_to', required: false, description: 'Exclusive.', schema: INSTANT }),
  );
}
