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
  return storable(plain);
}

/**
 * Reads a JSON body that is no object as whoever knows its sender makes one of it; null for one that cannot be. Refused is the same as
 * elsewhere.
 */
export function readBodyAs(
  request: Pick<WebhookRequest, 'body' | 'rawHeaders'>,
  objectOf: (json: unknown) => Readonly<Record<string, unknown>> | null,
): BodyRead {
  if (mediaTypeOf(request) !== 'application/json') {
    return refusedBody('', 'content-type', 'send application/json', 415);
  }
  const json = parsed(request.body);
  if ('problem' in json) {
    return refusedBody('', 'json', json.problem);
  }
  const plain = objectOf(json.value);
  return plain === null ? refusedBody('', 'json', 'the body is not what this sender sends') : storable(plain);
}

/** A body that something of is not fit to be kept is refused by the place of that. */
export function storable(plain: Readonly<Record<string, unknown>>): BodyRead {
  const unstorable = findUnstorable(plain);
  return unstorable === null
    ? { ok: true, plain }
    : refusedBody(pointerOf(unstorable.path), 'text', unstorable.problem);
}

/** An RFC 6901 pointer. */
export function pointerOf(path: readonly string[]): string {
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A body that is not taken. */
export function refusedBody(pointer: string, code: string, detail: string, status: 400 | 415 = 400): BodyRead {
  return { ok: false, status, problems: [{ pointer, code, detail }] };
}

function formOf(body: Buffer): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const [name, values] of readForm(body)) {
    if (name === '__proto__') {
      // Refused by its name, as in JSON, and therefore a member of its own.
      Object.defineProperty(fields, name, { value: values, enumerable: true });
    } else {
      fields[name] = values.length === 1 ? values[0] : values;
    }
  }
  return fields;
}

/** The object, or why there is none. */
function jsonOf(body: Buffer): Readonly<Record<string, unknown>> | string {
  const json = parsed(body);
  if ('problem' in json) {
    return json.problem;
  }
  const { value } = json;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : 'the body is not a JSON object';
}

function parsed(body: Buffer): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(STRICT.decode(body)) as unknown };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'the body is not JSON' : 'the body is not UTF-8' };
  }
}
