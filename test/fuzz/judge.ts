import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { type ApiDocument, isJson, type Operation, PROBLEM_TYPE, type Schema } from './document.js';
import type { ReceivedAnswer } from './send.js';

/** Tells what is wrong with answers by the description. */
export interface Judge {
  /** Sentences; none when the answer is one of those that the description has. */
  faultsOf(operation: Operation, answer: ReceivedAnswer): string[];
}

export function judgeBy(document: ApiDocument): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false });
  ajvFormats.default(ajv);
  const components = { schemas: closedEach(document.components.schemas) };
  const compiled = new Map<Schema, ValidateFunction>();
  const validatorOf = (schema: Schema): ValidateFunction => {
    const known = compiled.get(schema) ?? ajv.compile({ ...closed(schema), components });
    compiled.set(schema, known);
    return known;
  };
  return {
    faultsOf(operation, answer) {
      const described = operation.answers[answer.status];
      if (answer.status >= 500) {
        return [`${answer.status} is a failure`];
      }
      if (described === undefined) {
        return [`${answer.status} is not described`];
      }
      return faultsOfBody(described.schemas, answer, validatorOf);
    },
  };
}

type ValidatorOf = (schema: Schema) => ValidateFunction;

function faultsOfBody(schemas: Readonly<Record<string, Schema>>, answer: ReceivedAnswer, validatorOf: ValidatorOf) {
  const type = String(answer.headers['content-type'] ?? '').split(';', 1)[0] ?? '';
  const schema = schemas[type] ?? schemas['*/*'];
  if (schema === undefined) {
    const isEmpty = Object.keys(schemas).length === 0 && answer.body.length === 0;
    return isEmpty ? [] : [`${answer.status} has a body of ${type || 'no type'}, which is not described`];
  }
  if (!isJson(type) || schemas[type] === undefined) {
    return [];
  }
  const body = parsed(answer.body);
  const validate = validatorOf(schema);
  if (body === undefined) {
    return ['the body is no JSON'];
  }
  if (validate(body)) {
    return [];
  }
  const [first] = validate.errors ?? [];
  const { additionalProperty = '', allowedValues = '' } = (first?.params ?? {}) as Record<string, unknown>;
  const code = type === PROBLEM_TYPE ? ` (${String((body as { code?: unknown }).code)})` : '';
  const extra = JSON.stringify(additionalProperty === '' ? allowedValues : additionalProperty);
  return [`${answer.status}${code}: ${first?.instancePath} ${first?.message} ${extra}`];
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/**
 * The schema without room for more: to clients an answer may grow, here it has what is described and nothing else. What is
 * said on top of a reference (`allOf`) stays open.
 */
export function closed(schema: unknown): Schema {
  if (Array.isArray(schema)) {
    return schema.map(closed) as unknown as Schema;
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema as Schema;
  }
  const inner = Object.entries(schema).map(([name, value]) => [
    name,
    isValue(name) ? (value as unknown) : closed(value),
  ]);
  const own = Object.fromEntries(inner) as Schema;
  return own['properties'] !== undefined && own['additionalProperties'] === undefined && own['type'] === 'object'
    ? { ...own, additionalProperties: false }
    : own;
}

/** Keywords whose values are no schemas. */
function isValue(keyword: string): boolean {
  return ['allOf', 'enum', 'const', 'example', 'examples', 'default', 'required'].includes(keyword);
}

function closedEach(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema)]));
}
