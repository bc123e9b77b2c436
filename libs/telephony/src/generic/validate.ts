import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { REDACTED } from '../facts/arrival.js';
import { instantOf } from '../facts/instant.js';
import { pointerOf, type BodyProblem } from '../facts/webhook-body.js';
import { CALL_EVENT_SCHEMA } from './call-event-schema.js';

/** More are of no help to anybody. */
const MOST_PROBLEMS = 20;
const LONGEST_DATA = 8 * 1024;

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false, strictRequired: false });
ajv.addFormat('date-time', (text: string) => instantOf(text) !== null);
ajv.addFormat('uri', (text: string) => text === REDACTED || (URL.canParse(text) && /^https?:\/\//i.test(text)));
ajv.addSchema(CALL_EVENT_SCHEMA, 'call-event');
const meetsEvent = compiled('#/$defs/event');
const meetsBatch = compiled('#/$defs/batch');

/**
 * What is wrong with a body of our own webhook: one event, or `events`. At most 20 problems, each by its pointer. Empty when
 * the schema lets it through.
 */
export function problemsOfBody(plain: Readonly<Record<string, unknown>>): readonly BodyProblem[] {
  const isBatch = Object.hasOwn(plain, 'events');
  const meets = isBatch ? meetsBatch : meetsEvent;
  if (!meets(plain)) {
    return wordsFor(meets.errors ?? []).slice(0, MOST_PROBLEMS);
  }
  const events = isBatch ? (plain['events'] as readonly object[]) : [plain];
  return events.flatMap((event, index) => {
    const data = (event as { data?: unknown }).data;
    const tooLong = data !== undefined && JSON.stringify(data).length > LONGEST_DATA;
    const pointer = isBatch ? `/events/${index}/data` : '/data';
    return tooLong ? [{ pointer, code: 'length', detail: 'may have 8 KiB of JSON' }] : [];
  });
}

function compiled(pointer: string): ValidateFunction {
  const found = ajv.getSchema(`call-event${pointer}`);
  if (found === undefined) {
    throw new Error(`the schema of call events has no ${pointer}`);
  }
  return found;
}

/** Of alternatives nothing is told but that one is needed; of a condition, what it asks for. */
function wordsFor(errors: readonly ErrorObject[]): BodyProblem[] {
  const isBranch = ({ schemaPath }: ErrorObject) => /\/anyOf\/\d+\//.test(schemaPath);
  const shown = errors.filter((error) => error.keyword !== 'if' && !isBranch(error));
  const problems = shown.map((error) => {
    const branches = errors.filter((one) => isBranch(one) && one.instancePath.startsWith(error.instancePath));
    return problemOf(error, [...new Set(branches.map(missingOf))]);
  });
  return [...new Map(problems.map((problem) => [problem.pointer + problem.code, problem])).values()];
}

function missingOf({ params }: ErrorObject): string {
  return (params as { missingProperty?: string }).missingProperty ?? '';
}

interface Parameters {
  readonly limit: number;
  readonly comparison: string;
  readonly type: string | readonly string[];
  readonly allowedValues: readonly string[];
}
type Words = (params: Parameters) => { readonly code: string; readonly detail: string };
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'an object',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};
const range: Words = ({ comparison, limit }) => ({ code: 'range', detail: `must be ${comparison} ${limit}` });
const WORDS: Readonly<Record<string, Words>> = {
  type: ({ type }) => ({
    code: 'type',
    detail: `write ${[type]
      .flat()
      .map((one) => KINDS[one] ?? one)
      .join(' or ')}`,
  }),
  enum: ({ allowedValues }) => ({ code: 'choice', detail: `write one of ${allowedValues.join(', ')}` }),
  pattern: () => ({ code: 'format', detail: 'is not written as it should be' }),
  minLength: ({ limit }) => ({ code: 'length', detail: `must have ${limit} characters or more` }),
  maxLength: ({ limit }) => ({ code: 'length', detail: `may have ${limit} characters` }),
  minItems: ({ limit }) => ({ code: 'length', detail: `must have ${limit} members or more` }),
  maxItems: ({ limit }) => ({ code: 'length', detail: `may have ${limit} members` }),
  minimum: range,
  maximum: range,
};

function problemOf({ keyword, instancePath, params }: ErrorObject, alternatives: readonly string[]): BodyProblem {
  if (keyword === 'required') {
    const name = (params as { missingProperty: string }).missingProperty;
    return { pointer: instancePath + pointerOf([name]), code: 'required', detail: 'is missing' };
  }
  if (keyword === 'anyOf') {
    return { pointer: instancePath, code: 'required', detail: `needs ${alternatives.join(' or ')}` };
  }
  if (keyword === 'format') {
    return (params as { format: string }).format === 'uri'
      ? { pointer: instancePath, code: 'address', detail: 'write an address with http or https' }
      : {
          pointer: instancePath,
          code: 'instant',
          detail: 'write a date and time with its zone, such as 2026-03-02T10:15:00Z',
        };
  }
  const words = WORDS[keyword]?.(params as Parameters) ?? { code: keyword, detail: 'cannot be read' };
  return { pointer: instancePath, ...words };
}
