import { applyDecorators, Delete, Get, HttpCode, Patch, Post, Put, type Type } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  type ApiBodyOptions,
  type ApiHeaderOptions,
  type ApiParamOptions,
  type ApiResponseNoStatusOptions,
} from '@nestjs/swagger';
import { RequiredScope, type ScopeDemand } from '../access/scope.guard.js';
import { PAGE_PARAMETERS } from '../query/page-query.js';
import type { QueryParameter } from '../query/query-parameters.js';
import { describeProblems, type DescribedProblem } from './describe-problems.js';
import * as writes from './described-writes.js';

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
  /** The resource of the answer. */
  readonly answer: Type | ApiResponseNoStatusOptions;
  /** It takes `If-None-Match`, and answers 304 to who has the version. */
  readonly isConditional?: boolean;
  /** Beyond those of its kind. */
  readonly problems?: readonly DescribedProblem[];
  /** Instead of the controller's. */
  readonly scope?: ScopeDemand;
}

/** A command may be given to something that has versions. */
export interface CommandSettings extends RouteSettings {
  /** It takes `If-Match`, and its answer has an `ETag`. */
  readonly isVersioned?: boolean;
}

/** What is deleted for good leaves nothing to answer with. */
export type DeleteSettings = Omit<RouteSettings, 'answer' | 'body'> & Partial<Pick<RouteSettings, 'answer'>>;

/** What sets the routes of a kind apart. */
interface Kind {
  readonly status: number;
  readonly problems: readonly DescribedProblem[];
  readonly headers?: readonly ApiHeaderOptions[];
  /** Of the answer. */
  readonly answerHeaders?: ApiResponseNoStatusOptions['headers'];
  /** Media types of the body. */
  readonly takes?: readonly string[];
}

/** Without a valid key, with one that may do other things, or for an agent who cannot act, no route answers. */
const OF_ALL: readonly DescribedProblem[] = [
  'unauthenticated',
  'quota-exceeded',
  'insufficient-scope',
  'impersonation-refused',
  'malformed-request',
  'agent-inactive',
];
/** A body is read by its type, also where nothing in it is asked for. */
const OF_IDLE_BODIES: readonly DescribedProblem[] = ['unsupported-media-type', 'body-too-large'];
const OF_LISTS: readonly DescribedProblem[] = [
  'malformed-query',
  'malformed-request',
  'validation-failed',
  'unknown-field',
];

/** `GET` of one thing, or of something that comes whole. */
export function ReadRoute(path: string, settings: RouteSettings): MethodDecorator {
  return applyDecorators(Get(path), route(path, { status: 200, problems: [] }, settings));
}

/** `GET` of a list that comes in pages. The handler reads `PAGE_PARAMETERS` and answers with `Pages`. */
export function ListRoute(path: string, settings: RouteSettings): MethodDecorator {
  const query = [...(settings.query ?? []), ...PAGE_PARAMETERS];
  return applyDecorators(Get(path), route(path, { status: 200, problems: OF_LISTS }, { ...settings, query }));
}

/** `POST` of something new: 201 with its place and version. Like all that write, the handler answers through `Writes`. */
export function CreateRoute(path: string, settings: RouteSettings): MethodDecorator {
  return applyDecorators(Post(path), HttpCode(201), route(path, { status: 201, ...writes.CREATION }, settings));
}

/** `PATCH` with a merge patch (RFC 7396): 200 with the resource and its version. */
export function PatchRoute(path: string, settings: RouteSettings): MethodDecorator {
  return applyDecorators(Patch(path), HttpCode(200), route(path, { status: 200, ...writes.PATCHING }, settings));
}

/** `DELETE`: 204, or 200 where an answer is named. */
export function DeleteRoute(path: string, settings: DeleteSettings): MethodDecorator {
  const { answer } = settings;
  const status = answer === undefined ? 204 : 200;
  const kind = { status, ...(answer === undefined ? writes.DELETION : writes.PUTTING_ASIDE) };
  const described = { ...settings, answer: answer ?? { description: 'It is gone.' } };
  return applyDecorators(Delete(path), HttpCode(status), route(path, kind, described));
}

/** `POST` of a command that answers 200 with what it was given to. */
export function CommandRoute(path: string, settings: CommandSettings): MethodDecorator {
  const kind = settings.isVersioned === true ? writes.VERSIONED_COMMAND : writes.COMMAND;
  return applyDecorators(Post(path), HttpCode(200), route(path, { status: 200, ...kind }, settings));
}

/** `PUT` of a part of something: 200 with the whole, however often it is said. */
export function PutRoute(path: string, settings: CommandSettings): MethodDecorator {
  const kind = settings.isVersioned === true ? writes.VERSIONED_COMMAND : writes.COMMAND;
  return applyDecorators(Put(path), HttpCode(200), route(path, { status: 200, ...kind }, settings));
}

/** `POST` of something that goes on afterwards: 202 with where it can be followed. */
export function AcceptRoute(path: string, settings: RouteSettings): MethodDecorator {
  return applyDecorators(Post(path), HttpCode(202), route(path, { status: 202, ...writes.COMMAND }, settings));
}

/** `POST` that answers 201 with something to use at once: it changes nothing, so a repetition is another one. */
export function IssueRoute(path: string, settings: RouteSettings): MethodDecorator {
  return applyDecorators(Post(path), HttpCode(201), route(path, { status: 201, problems: OF_IDLE_BODIES }, settings));
}

/** What all kinds of routes share. */
function route(path: string, kind: Kind, settings: RouteSettings): MethodDecorator {
  const { operationId, summary, description, answer, scope } = settings;
  const { parameters = [], query = [], headers = [], problems = [] } = settings;
  const ofPath: readonly DescribedProblem[] = path.includes(':') ? ['not-found', 'uri-too-long'] : [];
  const answered = typeof answer === 'function' ? { type: answer } : answer;
  const answerHeaders = { ...kind.answerHeaders, ...answered.headers };
  return applyDecorators(
    ApiOperation({ operationId, summary, description }),
    ...(scope === undefined ? [] : [RequiredScope(scope)]),
    ...parameters.map((parameter) => ApiParam(parameter)),
    ...query.map((parameter) => ApiQuery(parameter)),
    ...[...(kind.headers ?? []), ...headers].map((header) => ApiHeader(header)),
    ...(settings.body === undefined ? [] : [ApiBody(settings.body)]),
    ...(kind.takes === undefined || settings.body === undefined ? [] : [ApiConsumes(...kind.takes)]),
    ApiResponse({ status: kind.status, ...answered, headers: answerHeaders }),
    ...(settings.isConditional === true ? [ApiResponse({ status: 304, description: 'You have it.' })] : []),
    describeProblems([...OF_ALL, ...ofPath, ...kind.problems, ...problems]),
  );
}
