import { HttpException } from '@nestjs/common';

import { HTTP_LIMITS } from './http-limits.js';
import { ProblemError, type ProblemCause } from './problem.js';

/** Codes of the problems that every HTTP server of ours can answer with, before or without a handler of its own. */
export const FRAMEWORK_PROBLEM_CODES = [
  'malformed-request',
  'not-found',
  'method-not-allowed',
  'request-timeout',
  'body-too-large',
  'uri-too-long',
  'unsupported-media-type',
  'expectation-failed',
  'headers-too-large',
  'internal-error',
  'temporarily-unavailable',
] as const;
export type FrameworkProblemCode = (typeof FRAMEWORK_PROBLEM_CODES)[number];

type Text = readonly [status: number, title: string, detail: string];

const TEXTS: Readonly<Record<FrameworkProblemCode, Text>> = {
  'malformed-request': [400, 'The request cannot be read', 'The request is not valid HTTP.'],
  'not-found': [404, 'There is nothing here', 'No resource has this method and path.'],
  'method-not-allowed': [405, 'The method is not allowed', 'The path has other methods; Allow names them.'],
  'request-timeout': [408, 'The request took too long', 'The request did not arrive whole in time; send it again.'],
  'body-too-large': [413, 'The body is too large', `The body may have ${HTTP_LIMITS.bodyBytes} bytes.`],
  'uri-too-long': [414, 'The path is too long', 'A part of the path is longer than any name here.'],
  'unsupported-media-type': [
    415,
    'The body has another type',
    'Its Content-Type is missing or not read here; application/json is.',
  ],
  'expectation-failed': [417, 'The expectation cannot be met', 'The only expectation understood is 100-continue.'],
  'headers-too-large': [
    431,
    'The headers are too large',
    `The request line and the headers may have ${HTTP_LIMITS.headerBytes} bytes together.`,
  ],
  'internal-error': [500, 'The service failed', 'The request failed for a reason that was logged with its request id.'],
  'temporarily-unavailable': [503, 'The service cannot answer now', 'Nothing was changed; try again soon.'],
};

/** Sentences for what Fastify and Node tell apart within one status. Their own may repeat what the client sent. */
const DETAILS: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The path is not valid percent-encoded UTF-8.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty, although its type is JSON.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body does not have the length that Content-Length says.',
  HPE_INVALID_METHOD: 'The request does not begin with a method of HTTP.',
  HPE_INVALID_URL: 'The request line has no valid path.',
  HPE_INVALID_VERSION: 'The request line has no valid version of HTTP.',
  HPE_INVALID_HEADER_TOKEN: 'A header is not valid.',
  HPE_INVALID_CONTENT_LENGTH: 'Content-Length is not a number.',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'Content-Length is there twice, or beside Transfer-Encoding.',
  HPE_INVALID_TRANSFER_ENCODING: 'Transfer-Encoding is not valid here.',
  HPE_INVALID_CHUNK_SIZE: 'A chunk of the body has no valid size.',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'The extensions of a chunk are too large.',
};

/** The problem of a code, with another sentence where one is known. */
export function frameworkProblem(code: FrameworkProblemCode, detail?: string): ProblemCause {
  const [status, title, usual] = TEXTS[code];
  const cause = { code, status, title, detail: detail ?? usual };
  return code === 'temporarily-unavailable' ? { ...cause, headers: { 'retry-after': '1' } } : cause;
}

/**
 * What an error of Nest, Fastify or Node's parser means to the client. Nothing of its own text is repeated: it may hold
 * what a stranger sent, or what nobody outside should know. Any other error is `internal-error`.
 */
export function problemOfError(error: unknown): ProblemCause {
  if (error instanceof ProblemError) {
    return error.problem;
  }
  const code = codesOf(error).find((name) => name in DETAILS);
  const status = statusOf(error);
  const problem = frameworkProblem(codeOf(status), code === undefined ? undefined : DETAILS[code]);
  // Whoever threw a status that has no name of its own here meant that one.
  return status === null || status >= 500 ? problem : { ...problem, status };
}

function codeOf(status: number | null): FrameworkProblemCode {
  if (status === null) {
    return 'internal-error';
  }
  const named = FRAMEWORK_PROBLEM_CODES.find((code) => TEXTS[code][0] === status);
  return named ?? (status < 500 ? 'malformed-request' : 'internal-error');
}

/** The error's own code and that of its cause: Nest wraps what Fastify threw. */
function codesOf(error: unknown): string[] {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  return [code, cause?.code].filter((name) => typeof name === 'string');
}

/** Codes of Node's HTTP parser and timers; whatever else they report is a malformed request. */
const NODE_STATUSES: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) {
    return error.getStatus();
  }
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown };
  if (typeof statusCode === 'number' && statusCode >= 400) {
    return statusCode;
  }
  if (typeof code !== 'string') {
    return null;
  }
  return NODE_STATUSES[code] ?? (code.startsWith('HPE_') ? 400 : null);
}
