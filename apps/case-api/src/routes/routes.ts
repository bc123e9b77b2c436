import { applyDecorators, Get, HttpCode, Post, type Type } from '@nestjs/common';
import {
  ApiBody,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  type ApiBodyOptions,
  type ApiHeaderOptions,
  type ApiParamOptions,
  type ApiResponseNoStatusOptions,
} from '@nestjs/swagger';
import { RequiredScope, type ScopeDemand } from '../access/scope.guard.js';
import { PAGE_PARAMETERS } from '../query/page-query.js';
import type { QueryParameter } from '../query/query-parameters.js';
import { describeProblems, type DescribedProblem } from './describe-problems.js';

/** What the description says of a route, and what it needs beyond its controller. */
export interface RouteSettings {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  /** Of the path. */
  readonly parameters?: readonly ApiParamOptions[];
  readonly query?: readonly QueryParameter[];
  readonly headers?: readonly ApiHeaderOptions[];
  readonly body?: ApiBodyOptions;
  /** The resource of a 200. */
  readonly answer: Type | ApiResponseNoStatusOptions;
  /** Beyond those of its kind. */
  readonly problems?: readonly DescribedProblem[];
  /** Instead of the controller's. */
  readonly scope?: ScopeDemand;
}

/** Without a valid key, with one that may do other things, or for an agent who cannot act, no route answers. */
const OF_ALL: readonly DescribedProblem[] = [
  'unauthenticated',
  'insufficient-scope',
  'impersonation-refused',
  'malformed-request',
  'agent-inactive',
];
const OF_LISTS: readonly DescribedProblem[] = [
  'malformed-query',
  'malformed-request',
  'validation-failed',
  'unknown-field',
];
const OF_BODIES: readonly DescribedProblem[] = [
  'malformed-request',
  'body-too-large',
  'unsupported-media-type',
  'validation-failed',
  'unknown-field',
];

/** `GET` of one thing, or of something that comes whole. */
export function ReadRoute(path: string, settings: RouteSettings): MethodDecorator {
  return applyDecorators(Get(path), route(path, [], settings));
}

/** `GET` of a list that comes in pages. The handler reads `PAGE_PARAMETERS` and answers with `Pages`. */
export function ListRoute(path: string, settings: RouteSettings): MethodDecorator {
  const query = [...(settings.query ?? []), ...PAGE_PARAMETERS];
  return applyDecorators(Get(path), route(path, OF_LISTS, { ...settings, query }));
}

/** `POST` of a command that answers 200 with what it was given to. */
export function CommandRoute(path: string, settings: RouteSettings): MethodDecorator {
  return applyDecorators(Post(path), HttpCode(200), route(path, OF_BODIES, settings));
}

/** What all kinds of routes share. */
function route(path: string, ofKind: readonly DescribedProblem[], settings: RouteSettings): MethodDecorator {
  const { operationId, summary, description, answer, scope } = settings;
  const { parameters = [], query = [], headers = [], problems = [] } = settings;
  const ofPath: readonly DescribedProblem[] = path.includes(':') ? ['not-found'] : [];
  return applyDecorators(
    ApiOperation({ operationId, summary, description }),
    ...(scope === undefined ? [] : [RequiredScope(scope)]),
    ...parameters.map((parameter) => ApiParam(parameter)),
    ...query.map((parameter) => ApiQuery(parameter)),
    ...headers.map((header) => ApiHeader(header)),
    ...(settings.body === undefined ? [] : [ApiBody(settings.body)]),
    ApiOkResponse(typeof answer === 'function' ? { type: answer } : answer),
    describeProblems([...OF_ALL, ...ofPath, ...ofKind, ...problems]),
  );
}
