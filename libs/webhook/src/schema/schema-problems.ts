import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { REDACTED } from '../body/content.js';
import { instantOf } from '../body/instant.js';
import { pointerOf, type BodyProblem } from '../body/webhook-body.js';

/** More are of no help to anybody. */
export const MOST_PROBLEMS = 20;

/** What is wrong with a body that is one event or `events`. */
export type EventCheck = (plain: Readonly<Record<string, unknown>>) => readonly BodyProblem[];

/**
 * Checks bodies with a JSON Schema whose `$defs` have `event` and `batch`. At most 20 problems, each by its pointer. Empty
 * when the schema lets it through. Throws at once where the schema has no such definitions.
 */
export function eventCheck(name: string, schema: Readonly<Record<string, unknown>>): EventCheck {
  // Whether a body is as the schema says, which it nearly always is; what is wrong is asked of those that look for everything.
  const first = readersOf(name, schema, { allErrors: false });
  const every = readersOf(name, schema, { allErrors: true });
  return (plain) => {
    const kind = Object.hasOwn(plain, 'events') ? 'batch' : 'event';
    return first[kind](plain) || every[kind](plain) ? [] : wordsFor(every[kind].errors ?? []).slice(0, MOST_PROBLEMS);
  };
}

function readersOf(
  name: string,
  schema: Readonly<Record<string, unknown>>,
  { allErrors }: { readonly allErrors: boolean },
): Record<'event' | 'batch', ValidateFunction> {
  const ajv = new Ajv2020({ allErrors, allowUnionTypes: true, strictTypes: false, strictRequired: false });
  ajv.addFormat('date-time', (text: string) => instantOf(text) !== null);
  ajv.addFormat('uri', (text: string) => text === REDACTED || (URL.canParse(text) && /^https?:\/\//i.test(text)));
  ajv.addSchema(schema, name);
  const compiled = (pointer: string): ValidateFunction => {
    const found = ajv.getSchema(`${name}${pointer}`);
    if (found === undefined) {
      throw new Error(`the schema ${name} has no ${pointer}`);
    }
    return found;
  };
  return { event: compiled('#/$defs/event'), batch: compiled('#/$defs/batch') };
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
