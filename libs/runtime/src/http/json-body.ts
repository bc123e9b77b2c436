import { errorCodes, type FastifyRequest } from 'fastify';

import { frameworkProblem } from './framework-problem.js';
import { ProblemError, type ProblemCause } from './problem.js';
import { isPlainCoding, isUnread, readBytes, refuseLength } from './raw-body.js';

/** A body that was read. */
export interface JsonBody {
  /** What it says; `{}` for a request without a body. */
  readonly value: unknown;
  /** As it came. */
  readonly bytes: Buffer;
}

const JSON_TYPE = 'application/json';
/** Deeper than anything that is asked for here; what walks a value may call itself so often. */
const DEEPEST = 32;

/**
 * Reads the body of a request as JSON (RFC 8259). No body is parsed before somebody asks for it, so that guards come
 * first. Of a name that is there twice the last one counts; `__proto__` is a name like any other.
 *
 * @throws ProblemError or an error of Fastify: 413 over the limit, 415 for a type that is not among `accepted`, 400 for
 * what is no JSON in UTF-8 or is nested too deeply.
 */
export async function readJsonBody(
  request: FastifyRequest,
  accepted: readonly string[] = [JSON_TYPE],
): Promise<JsonBody> {
  const { body, headers } = request;
  if (!isUnread(body)) {
    return { value: {}, bytes: Buffer.alloc(0) };
  }
  const limit = request.routeOptions.bodyLimit;
  refuseLength(request, limit);
  const [type = ''] = (headers['content-type'] ?? '').split(';', 1);
  if (!accepted.includes(type.trim().toLowerCase()) || !isPlainCoding(headers['content-encoding'])) {
    throw new ProblemError(otherType(request.method, accepted));
  }
  const bytes = await readBytes(body, limit);
  return { value: parse(bytes), bytes };
}

/** The header says what to send instead: RFC 5789 §3.1, and its twin for POST. */
function otherType(method: string, accepted: readonly string[]): ProblemCause {
  const usual = frameworkProblem('unsupported-media-type');
  const name = method === 'PATCH' ? 'accept-patch' : 'accept-post';
  const known = accepted.length > 1 ? `${accepted.join(' and ')} are` : `${accepted.join('')} is`;
  const detail = `Its Content-Type is missing or not read here; ${known}, without a Content-Encoding.`;
  return { ...usual, detail, headers: { ...usual.headers, [name]: accepted.join(', ') } };
}

function parse(bytes: Buffer): unknown {
  if (bytes.length === 0) {
    throw new errorCodes.FST_ERR_CTP_EMPTY_JSON_BODY();
  }
  try {
    refuseDepth(bytes);
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    throw error instanceof ProblemError ? error : new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY();
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set(Buffer.from('[{'));
const CLOSING = new Set(Buffer.from(']}'));

/** Counts brackets outside of strings, before anything is built. All that counts is ASCII, which UTF-8 never hides. */
function refuseDepth(bytes: Buffer): void {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === QUOTE) {
      inString = !inString;
    } else if (inString) {
      index += byte === BACKSLASH ? 1 : 0;
    } else if (OPENING.has(byte)) {
      depth += 1;
    } else if (CLOSING.has(byte)) {
      depth -= 1;
    }
    if (depth > DEEPEST) {
      const detail = `The body is nested more than ${DEEPEST} levels deep.`;
      throw new ProblemError(frameworkProblem('malformed-request', detail));
    }
  }
}
