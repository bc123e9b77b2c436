import fc from 'fast-check';
import { type ApiDocument, isJson, type Operation, type Parameter, type Schema } from './document.js';
import { fitting } from './fitting.js';
import {
  HOSTILE_BODIES,
  HOSTILE_HEADERS,
  HOSTILE_QUERIES,
  HOSTILE_SEGMENTS,
  HOSTILE_TYPES,
  spoiled,
} from './hostile.js';
import { kindOf, kindOfCollection } from './kinds.js';
import { SENSE } from './sense.js';
import { Known, type Template } from './template.js';

/** A request of which some places are filled when it is sent. */
export interface Plan {
  readonly operation: Operation;
  /** Parameters of the path in its order; text stands in it as it is. */
  readonly path: readonly (Known | string)[];
  /** Names and values; text is not yet encoded unless it is `raw`. */
  readonly query: readonly (readonly [name: string, value: Template, raw?: boolean])[];
  readonly headers: readonly (readonly [name: string, value: string | Known])[];
  readonly body: { readonly type: string | null; readonly content: Template | Buffer } | null;
  /** `cursor`: one that was answered before, as it was or with a letter changed. */
  readonly cursor: { readonly pick: number; readonly isChanged: boolean } | null;
  readonly isHostile: boolean;
}

type Schemas = Readonly<Record<string, Schema>>;

const HOSTILE_OF_A_HUNDRED = 25;
/** Of requests whose operation has a sense, those that are asked without it. */
const SENSELESS_OF_A_HUNDRED = 15;
const HOSTILE_HEADER_LIST = Object.entries(HOSTILE_HEADERS).flatMap(([name, values]) =>
  values.map((value) => [name, value] as const),
);

/** Requests of an operation: most as the description asks for them, the others with one thing wrong. */
export function requestsOf(operation: Operation, document: ApiDocument): fc.Arbitrary<Plan> {
  const plain = plainRequests(operation, document);
  const spoilers = spoilersOf(operation, plain);
  return fc.oneof(
    { arbitrary: plain, weight: 100 - HOSTILE_OF_A_HUNDRED },
    { arbitrary: fc.oneof(...spoilers), weight: HOSTILE_OF_A_HUNDRED },
  );
}

function plainRequests(operation: Operation, document: ApiDocument): fc.Arbitrary<Plan> {
  const { schemas } = document.components;
  const [path, query] = (['path', 'query'] as const).map((place) =>
    operation.parameters.filter((one) => one.in === place),
  );
  const { states = [], queries = [] } = SENSE[operation.id] ?? {};
  const segments = (path ?? []).map((parameter) => segmentOf(operation.path, parameter, states));
  const filters = (query ?? []).filter(({ name }) => name !== 'cursor');
  const hasCursor = (query ?? []).some(({ name }) => name === 'cursor');
  const nothing = fc.constant(null);
  const cursor = fc.record({ pick: fc.nat(), isChanged: fc.constantFrom(false, false, true) });
  return fc
    .record({
      path: fc.tuple(...segments),
      query: mostly(
        queries.map((one) => queryOf(one, filters, schemas)),
        fc.tuple(...filters.map((one) => filterOf(one, schemas))).map((all) => all.flat()),
      ),
      headers: headersOf(operation),
      body: bodiesOf(operation, schemas),
      cursor: hasCursor ? fc.oneof(nothing, nothing, nothing, nothing, cursor) : nothing,
    })
    .map((request): Plan => ({ ...request, operation, isHostile: false }));
}

/** One of what makes sense, if anything is known to; else whatever else there is. */
function mostly<Value>(sensible: readonly fc.Arbitrary<Value>[], any: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return sensible.length === 0
    ? any
    : fc.oneof(
        { arbitrary: fc.oneof(...sensible), weight: 100 - SENSELESS_OF_A_HUNDRED },
        { arbitrary: any, weight: SENSELESS_OF_A_HUNDRED },
      );
}

/** `{id}` names what the segment before it is a collection of. */
function segmentOf(path: string, { name, schema }: Parameter, states: readonly string[]): fc.Arbitrary<Known | string> {
  const segments = path.split('/');
  const before = segments[segments.indexOf(`{${name}}`) - 1] ?? '';
  const kind = name === 'id' ? kindOfCollection(before) : (kindOf(name) ?? kindOfCollection(before));
  const otherwise =
    schema['format'] === 'uuid' ? fc.uuid() : fc.constantFrom('number:1', 'name:x', 'email:a@b.example');
  const wanted = name === 'id' ? states : [];
  return fc.tuple(fc.nat(), otherwise).map(([pick, other]) => new Known(kind, pick, other, wanted));
}

type Filter = readonly (readonly [string, Template])[];

function filterOf({ name, required, schema }: Parameter, schemas: Schemas) {
  const value = fitting(schema, name, schemas).map((one): Filter => [[name, one]]);
  const nothing = fc.constant<Filter>([]);
  return required === true ? value : fc.oneof({ arbitrary: value, weight: 1 }, { arbitrary: nothing, weight: 9 });
}

/** The parameters of a form, and of the others those that no form has. */
function queryOf({ properties }: Schema, filters: readonly Parameter[], schemas: Schemas) {
  const own = Object.entries(properties as Readonly<Record<string, Schema>>).map(([name, schema]) =>
    filterOf({ name, in: 'query', required: true, schema }, schemas),
  );
  const others = filters.filter(({ schema }) => schema['enum'] !== undefined).map((one) => filterOf(one, schemas));
  return fc.tuple(...own, ...others).map((all) => all.flat());
}

/** `If-Match` and `Idempotency-Key` as clients send them, and sometimes an agent. */
function headersOf({ parameters }: Operation): fc.Arbitrary<readonly (readonly [string, string | Known])[]> {
  const seldom = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<readonly Value[]> =>
    fc.oneof({ arbitrary: fc.constant([]), weight: 9 }, { arbitrary: arbitrary.map((one) => [one]), weight: 1 });
  const known: Readonly<Record<string, fc.Arbitrary<readonly [string, string | Known]>>> = {
    'If-Match': fc.constant(['if-match', new Known('version of the path', 0, '*')] as const),
    'If-None-Match': fc.constant(['if-none-match', new Known('version of the path', 0, '*')] as const),
    'Idempotency-Key': fc.uuid().map((key) => ['idempotency-key', key] as const),
    'On-Behalf-Of': fc.nat().map((pick) => ['on-behalf-of', new Known('acting agent', pick, 'agent:x')] as const),
  };
  const sent = parameters.filter((one) => one.in === 'header').flatMap(({ name }) => known[name] ?? []);
  return fc.tuple(...sent.map(seldom)).map((all) => all.flat());
}

function bodiesOf({ id, body }: Operation, schemas: Schemas): fc.Arbitrary<Plan['body']> {
  const types = Object.entries(body?.schemas ?? {});
  if (types.length === 0) {
    return fc.constant(null);
  }
  return fc.oneof(
    ...types.map(([type, schema]): fc.Arbitrary<Plan['body']> => {
      const content = isJson(type) ? jsonOf(schema, SENSE[id]?.forms ?? [], schemas) : bytesOf(type);
      return content.map((one) => ({
        type: type.startsWith('multipart/') ? MULTIPART : writtenType(type),
        content: one,
      }));
    }),
  );
}

function jsonOf(schema: Schema, forms: readonly Schema[], schemas: Schemas): fc.Arbitrary<Template> {
  const { oneOf: _one, anyOf: _any, ...plain } = schema;
  const sensible = forms.length === 0 ? [] : [fitting({ ...plain, oneOf: forms }, '', schemas)];
  return mostly(sensible, fitting(schema, '', schemas));
}

const MULTIPART = 'multipart/form-data; boundary=casewright';
const writtenType = (type: string): string => (type.includes('*') ? 'application/octet-stream' : type);

function bytesOf(type: string): fc.Arbitrary<Buffer> {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 2000 }).map((one) => Buffer.from(one));
  const head = '--casewright\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n';
  return type.startsWith('multipart/')
    ? bytes.map((one) => Buffer.concat([Buffer.from(head), one, Buffer.from('\r\n--casewright--\r\n')]))
    : bytes;
}

/** Each makes one thing of a request wrong. */
function spoilersOf(operation: Operation, plain: fc.Arbitrary<Plan>): fc.Arbitrary<Plan>[] {
  const spoil = <Value>(by: fc.Arbitrary<Value>, change: (plan: Plan, value: Value) => Partial<Plan>) =>
    fc.tuple(plain, by).map(([plan, value]): Plan => ({ ...plan, ...change(plan, value), isHostile: true }));
  const names = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  const name = fc.constantFrom(...names, 'colour', '__proto__', 'limit', 'a[b]');
  const queries = fc.array(fc.tuple(name, fc.constantFrom(...HOSTILE_QUERIES)), { minLength: 1, maxLength: 2 });
  const raw = fc.record({
    type: fc.constantFrom(...HOSTILE_TYPES, 'application/json'),
    content: fc.constantFrom(...HOSTILE_BODIES),
  });
  const json = [...Object.keys(operation.body?.schemas ?? {})].find(isJson);
  const wrongBodies =
    json === undefined
      ? []
      : [
          spoil(spoiled(plain.map(({ body }) => contentOf(body))), (_, content) => ({ body: { type: json, content } })),
          spoil(spoiled(plain.map(({ body }) => contentOf(body))), (_, content) => ({ body: { type: json, content } })),
          spoil(fc.constantFrom(...HOSTILE_BODIES), (_, content) => ({ body: { type: json, content } })),
          spoil(fc.constantFrom(...HOSTILE_TYPES), ({ body }, type) => ({ body: body && { ...body, type } })),
        ];
  const wrongPath = spoil(fc.tuple(fc.nat(), fc.constantFrom(...HOSTILE_SEGMENTS)), ({ path }, [which, segment]) => ({
    path: path.map((one, index) => (index === which % path.length ? segment : one)),
  }));
  return [
    spoil(fc.constantFrom(...HOSTILE_HEADER_LIST), ({ headers }, header) => ({ headers: [...headers, header] })),
    spoil(queries, ({ query }, more) => ({
      query: [...query, ...more.map(([one, value]) => [one, value, true] as const)],
    })),
    ...(operation.path.includes('{') ? [wrongPath] : []),
    ...(operation.method === 'GET' ? [] : [spoil(raw, (_, body) => ({ body }))]),
    ...wrongBodies,
  ];
}

const contentOf = (body: Plan['body']): Template =>
  body === null || Buffer.isBuffer(body.content) ? {} : body.content;
