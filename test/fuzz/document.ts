/** A JSON Schema (2020-12) of the description. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

/** What an operation answers with one status. */
export interface DescribedAnswer {
  /** Schemas by media type; none for an answer without a body. */
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Codes of the problems that it can be. */
  readonly codes: readonly string[];
}

/** One operation of the description, without references to parameters, bodies and answers. */
export interface Operation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** `/v1/cases/{id}` */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Schemas of the body by media type; null where none is described. */
  readonly body: { readonly isRequired: boolean; readonly schemas: Readonly<Record<string, Schema>> } | null;
  readonly answers: Readonly<Record<number, DescribedAnswer>>;
}

/** The description of the API, OpenAPI 3.1, as far as it is read here. */
export interface ApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Media {
  readonly schema?: Schema;
  readonly examples?: Readonly<Record<string, unknown>>;
}
type Content = Readonly<Record<string, Media>>;
interface RawOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export const PROBLEM_TYPE = 'application/problem+json';

/** Every operation of the document, in its order. */
export function operationsOf({ paths }: ApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => operationOf(method.toUpperCase(), path, raw)),
  );
}

function operationOf(method: string, path: string, raw: RawOperation): Operation {
  const { requestBody } = raw;
  const answers = Object.entries(raw.responses).map(([status, { content = {} }]) => {
    const codes = Object.keys(content[PROBLEM_TYPE]?.examples ?? {});
    return [Number(status), { schemas: schemasOf(content), codes }] as const;
  });
  return {
    id: raw.operationId,
    method,
    path,
    parameters: raw.parameters ?? [],
    body:
      requestBody === undefined
        ? null
        : { isRequired: requestBody.required === true, schemas: schemasOf(requestBody.content) },
    answers: Object.fromEntries(answers),
  };
}

function schemasOf(content: Content): Record<string, Schema> {
  return Object.fromEntries(Object.entries(content).map(([type, { schema = {} }]) => [type, schema]));
}

/** Whether the type is JSON, a merge patch among them. */
export function isJson(mediaType: string): boolean {
  return /^application\/([a-z.-]+\+)?json$/.test(mediaType);
}
