import fc from 'fast-check';
import type { Schema } from './document.js';
import { kindOf } from './kinds.js';
import { Known, type Template, VALUES_OF_REQUIRED_FIELDS } from './template.js';

type Schemas = Readonly<Record<string, Schema>>;

/** Members that may be left out are there so seldom that what they say together often makes sense. */
const OPTIONAL_MEMBERS = 1.2;
const DEEPEST = 6;

/**
 * Values that the schema allows, for the field of that name. Where the name says what is meant (`group_id`), most are the
 * name of something that exists when the request is sent.
 */
export function fitting(schema: Schema, name: string, schemas: Schemas, depth = 0): fc.Arbitrary<Template> {
  const within = (inner: unknown, at = name): fc.Arbitrary<Template> =>
    fitting((inner ?? {}) as Schema, at, schemas, depth + 1);
  const { $ref, allOf, const: only, enum: words } = schema;
  const choices = (schema['oneOf'] ?? schema['anyOf']) as readonly Schema[] | undefined;
  if (typeof $ref === 'string') {
    return within(schemas[$ref.slice($ref.lastIndexOf('/') + 1)]);
  }
  if (Array.isArray(allOf)) {
    return within((allOf as readonly Schema[]).reduce(together, {}));
  }
  if (typeof schema['x-known'] === 'string') {
    return knownThings(schema['x-known'], (schema['x-states'] ?? []) as readonly string[]);
  }
  if (only !== undefined) {
    return fc.constant(only as Template);
  }
  if (Array.isArray(words)) {
    return fc.constantFrom(...(words as Template[]));
  }
  if (choices !== undefined) {
    return ofChoices(schema, choices, within);
  }
  const types = [schema['type']].flat().filter((one) => typeof one === 'string');
  if (types.length > 1) {
    return fc.oneof(...types.map((type) => within({ ...schema, type })));
  }
  return ofType(types[0], schema, { name, within, isDeep: depth > DEEPEST });
}

type Within = (schema: unknown, name?: string) => fc.Arbitrary<Template>;

/** A choice that only asks for other members is made on top of the schema that it stands in. */
function ofChoices(schema: Schema, choices: readonly Schema[], within: Within): fc.Arbitrary<Template> {
  const { oneOf: _one, anyOf: _any, ...rest } = schema;
  const isWhole = rest['properties'] === undefined;
  return fc.oneof(
    ...choices.map((choice) => {
      const arbitrary = within(isWhole ? choice : together(withoutOthers(rest, choice, choices), choice));
      return { arbitrary, weight: choice['type'] === 'null' ? 1 : 4 };
    }),
  );
}

/** Of several forms one has what the others need no more than they have what it needs. */
function withoutOthers(schema: Schema, choice: Schema, choices: readonly Schema[]): Schema {
  const own = (choice['required'] ?? []) as readonly string[];
  const others = choices.flatMap(({ required = [] }) => required as readonly string[]);
  const kept = Object.entries(schema['properties'] as object).filter(
    ([name]) => own.includes(name) || !others.includes(name),
  );
  return { ...schema, properties: Object.fromEntries(kept) };
}

function together(one: Schema, other: Schema): Schema {
  const list = (schema: Schema): readonly unknown[] => (schema['required'] ?? []) as readonly unknown[];
  return {
    ...one,
    ...other,
    properties: { ...(one['properties'] as object), ...(other['properties'] as object) },
    required: [...list(one), ...list(other)],
  };
}

interface Surroundings {
  readonly name: string;
  readonly within: Within;
  readonly isDeep: boolean;
}

function ofType(type: string | undefined, schema: Schema, { name, within, isDeep }: Surroundings) {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return integers(schema);
    case 'string':
      return texts(schema, name);
    case 'array':
      return isDeep ? fc.constant([]) : lists(schema, name, within);
    case 'object':
      return isDeep ? fc.constant({}) : objects(schema, within);
    default:
      return fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Template>;
  }
}

function integers({ minimum = -1000, maximum = 1000 }: Schema): fc.Arbitrary<Template> {
  return fc.integer({ min: Math.ceil(minimum as number), max: Math.floor(maximum as number) });
}

function lists(schema: Schema, name: string, within: Within): fc.Arbitrary<Template> {
  const most = Math.min(4, (schema['maxItems'] as number | undefined) ?? 4);
  const least = (schema['minItems'] as number | undefined) ?? 0;
  return fc.array(within(schema['items'], name), {
    minLength: Math.min(least, most),
    maxLength: Math.max(least, most),
  });
}

function objects(schema: Schema, within: Within): fc.Arbitrary<Template> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const required = (schema['required'] ?? []) as readonly string[];
  const optional = properties.filter(([name]) => !required.includes(name)).length;
  const chance = Math.min(40, Math.ceil((100 * OPTIONAL_MEMBERS) / Math.max(optional, 1)));
  const members = properties.map(([name, inner]) => {
    const value = within(inner, name).map((one): [string, Template][] => [[name, one]]);
    const nothing = fc.constant<[string, Template][]>([]);
    const some = { arbitrary: value, weight: chance };
    return required.includes(name) ? value : fc.oneof(some, { arbitrary: nothing, weight: 100 - chance });
  });
  const { additionalProperties: others } = schema;
  const isOpen = typeof others === 'object' && others !== null;
  const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/);
  const further = isOpen ? fc.dictionary(key, within(others), { maxKeys: 3 }) : fc.constant({});
  return fc
    .tuple(fc.tuple(...members), further)
    .map(([own, rest]): Template => ({ ...rest, ...Object.fromEntries(own.flat()) }));
}

const WORDS = fc
  .array(fc.constantFrom('lamp', 'kettle', 'broken', 'Größe', 'pão', '電気', 'a', '12', '😀'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((words) => words.join(' '));
const NAMES = fc.stringMatching(/^[a-z]{3,8}[0-9]{1,4}$/);
const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  date: fc.integer({ min: 0, max: 4000 }).map((day) => new Date(1.7e12 + day * 864e5).toISOString().slice(0, 10)),
  'date-time': fc.integer({ min: 0, max: 4000 }).map((day) => new Date(1.7e12 + day * 864e5).toISOString()),
  email: NAMES.map((name) => `${name}@example.org`),
};

/** Text as the schema has it; of a name of something, mostly the name of something that is there. */
function texts(schema: Schema, name: string): fc.Arbitrary<Template> {
  const plain = plainTexts(schema);
  const kind = kindOf(name);
  if (kind === null || schema['pattern'] === '^\\d+$') {
    return plain;
  }
  return fc.oneof({ arbitrary: knownThings(kind), weight: 12 }, { arbitrary: plain, weight: 1 });
}

function knownThings(kind: string, states: readonly string[] = []): fc.Arbitrary<Template> {
  const otherwise = kind === VALUES_OF_REQUIRED_FIELDS ? fc.constant('{}') : fc.uuid();
  return fc.tuple(fc.nat(), otherwise).map(([pick, other]) => new Known(kind, pick, other, states));
}

function plainTexts(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 1000, examples, example } = schema;
  const own = typeof format === 'string' ? FORMATS[format] : undefined;
  if (own !== undefined) {
    return own;
  }
  if (typeof pattern === 'string') {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  }
  const shown = [examples ?? [], example ?? []].flat().filter((one) => typeof one === 'string');
  if (shown.length > 0) {
    // A word shows how it looks, what is written in a form shows the form.
    return fc.tuple(fc.constantFrom(...shown), fc.nat(99_999)).map(([one, serial]) => {
      return /^[a-z_]+$/.test(one) ? `${one}_${serial}` : one.replace(/^rita@/, `rita${serial % 50}@`);
    });
  }
  const [least, most] = [minLength as number, maxLength as number];
  const fits = (text: string): string => [...text.padEnd(least, '.')].slice(0, most).join('');
  const long = fc.constantFrom(least, Math.max(least, 1), most).map((length) => 'x'.repeat(length));
  return fc.oneof(
    { arbitrary: fc.oneof(WORDS, NAMES).map(fits), weight: 20 },
    {
      arbitrary: fc.string({ unit: 'grapheme', minLength: least, maxLength: Math.min(most, 40) }).map(fits),
      weight: 3,
    },
    { arbitrary: long, weight: 1 },
  );
}
