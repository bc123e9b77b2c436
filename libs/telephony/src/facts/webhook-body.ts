import { findUnstorable } from '#libs/interaction';
import { readForm } from '../request/form.js';
import { mediaTypeOf, type WebhookRequest } from '../request/webhook-request.js';

/** One thing that is wrong with a body, by its place in it (RFC 6901). */
export interface BodyProblem {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** What the body of a request says: a JSON object, or the fields of a form, each a text or a list of texts. */
export type BodyRead =
  | { readonly ok: true; readonly plain: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly status: 400 | 415; readonly problems: readonly BodyProblem[] };

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * Reads a body by its content type. Refused are what is no JSON object, what is not UTF-8, and what cannot be kept: U+0000,
 * halves of surrogate pairs, names that reach behind an object, more than 40 levels.
 */
export function readBody(request: Pick<WebhookRequest, 'body' | 'rawHeaders'>): BodyRead {
  const type = mediaTypeOf(request);
  const plain =
    type === 'application/x-www-form-urlencoded'
      ? formOf(request.body)
      : type === 'application/json'
        ? jsonOf(request.body)
        : null;
  if (plain === null) {
    return refusedBody('', 'content-type', 'send application/json, or a form where the provider sends forms', 415);
  }
  if (typeof plain !== 'object') {
    return refusedBody('', 'json', plain);
  }
  const unstorable = findUnstorable(plain);
  return unstorable === null
    ? { ok: true, plain }
    : refusedBody(pointerOf(unstorable.path), 'text', unstorable.problem);
}

/** An RFC 6901 pointer. */
export function pointerOf(path: readonly string[]): string {
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function refusedBody(pointer: string, code: string, detail: string, status: 400 | 415 = 400): BodyRead {
  return { ok: false, status, problems: [{ pointer, code, detail }] };
}

function formOf(body: Buffer): Readonly<Record<string, unknown>> {
  const fields = [...readForm(body)].map(([name, values]) => [name, values.length === 1 ? values[0] : values]);
  return Object.fromEntries(fields) as Record<string, unknown>;
}

/** The object, or why there is none. */
function jsonOf(body: Buffer): Readonly<Record<string, unknown>> | string {
  try {
    const plain: unknown = JSON.parse(STRICT.decode(body));
    const isObject = typeof plain === 'object' && plain !== null && !Array.isArray(plain);
    return isObject ? (plain as Record<string, unknown>) : 'the body is not a JSON object';
  } catch (error) {
    return error instanceof SyntaxError ? 'the body is not JSON' : 'the body is not UTF-8';
  }
}
