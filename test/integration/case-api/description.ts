import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { World } from './world.js';

export interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

type Method = 'get' | 'post' | 'patch' | 'delete';

export interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<Method, Operation>>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

export async function descriptionOf(world: World): Promise<Description> {
  return (await world.get<Description>('/openapi.json', { key: null })).body;
}

/**
 * What is wrong with an answer to an operation, written as `GET /v1/cases/{id}`, by the schema of its status; empty when
 * nothing is. A status that the operation is not described with is an error.
 */
export function faultsOf(description: Description, operation: string, status: number, body: unknown): unknown {
  const [method = '', path = ''] = operation.split(' ');
  const content = description.paths[path]?.[method.toLowerCase() as Method]?.responses[status]?.content ?? {};
  const [schema] = Object.values(content).map((media) => media.schema);
  if (schema === undefined) {
    throw new Error(`${operation} is described with no ${status}`);
  }
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajvFormats.default(ajv);
  const validate = ajv.compile({ ...schema, components: description.components });
  return validate(body) ? [] : validate.errors;
}
