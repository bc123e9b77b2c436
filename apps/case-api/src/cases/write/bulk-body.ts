import { isObject, listOf, readObject, schemaOf } from '../../body/collections.js';
import { checked, described, type Field, type Fields, required, type Schema } from '../../body/field.js';
import type { Place } from '../../body/place.js';
import { readBody, type ReadBody } from '../../body/read-body.js';
import { anything, line, oneOf } from '../../body/values.js';
import { ASSIGN, type CommandForm, DELETE, RESTORE, UPDATE } from './command-forms.js';

type Form = CommandForm<Fields>;

const FORMS: Readonly<Record<string, Form>> = {
  update: UPDATE,
  assign: ASSIGN,
  delete: DELETE,
  restore: RESTORE,
};
const OPERATIONS = Object.keys(FORMS);
const MOST_ITEMS = 100;
const LAST_VERSION = 2 ** 31 - 1;

/** One change of one case, as it was sent. */
export interface BulkItem {
  /** A text that may name a case. */
  readonly id: string;
  readonly versions: readonly number[] | 'any' | null;
  readonly form: Form;
  /** What the single request has as its body; its faults are the item's alone. */
  readonly given: ReadBody<Fields>;
  /** Where that stands in the item: a JSON Pointer. */
  readonly at: string;
}

const isVersion = (one: unknown): boolean =>
  Number.isInteger(one) && (one as number) > 0 && (one as number) <= LAST_VERSION;

const versions: Field<readonly number[] | 'any'> = {
  read(given, place) {
    const all: readonly unknown[] = Array.isArray(given) ? given : [given];
    if (given === '*') {
      return 'any';
    }
    return all.length > 0 && all.length <= MOST_ITEMS && all.every(isVersion)
      ? (all as readonly number[])
      : place.refuse('Must be a version as a whole number, a list of them, or "*".');
  },
  schema: {
    description: 'The version that may be changed, a list of them, or `*`.',
    anyOf: [
      { type: 'integer', minimum: 1 },
      { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 1, maxItems: MOST_ITEMS },
      { type: 'string', enum: ['*'] },
    ],
  },
};

/** What every item says of itself. The rest of it is what the body of the single request says. */
const ENVELOPE = {
  op: required(oneOf(OPERATIONS)),
  id: required(described(line({ max: 100 }), 'Id of a case, or `number:12`.')),
  if_match: versions,
};
const OF_UPDATES = { ...ENVELOPE, patch: required(described(anything(), 'What a PATCH of the case takes.')) };

/** An item that can be read as one; what is wrong within it is told in its own result. */
const item: Field<BulkItem> = {
  read: (given, place) => (isObject(given) ? readItem(given, place) : place.refuse('Must be an object.')),
  schema: { oneOf: OPERATIONS.map(schemaOfOperation) },
};

function readItem(given: Readonly<Record<string, unknown>>, place: Place): BulkItem | undefined {
  const isUpdate = given['op'] === 'update';
  const [own, others] = parted(given, isUpdate ? () => true : (name) => name in ENVELOPE);
  const before = place.faults.count;
  const read = readObject(own, place, isUpdate ? OF_UPDATES : ENVELOPE);
  const form = FORMS[read?.op ?? ''];
  if (form === undefined || place.faults.count > before) {
    return undefined;
  }
  return {
    id: read?.id ?? '',
    versions: read?.if_match ?? null,
    form,
    given: readBody(isUpdate ? given['patch'] : others, form.fields),
    at: isUpdate ? '/patch' : '',
  };
}

/** An object in two: the members of these names, and the others. */
function parted(given: Readonly<Record<string, unknown>>, isFirst: (name: string) => boolean): [object, object] {
  const entries = Object.entries(given);
  return [
    Object.fromEntries(entries.filter(([name]) => isFirst(name))),
    Object.fromEntries(entries.filter(([name]) => !isFirst(name))),
  ];
}

function schemaOfOperation(operation: string): Schema {
  const fields = FORMS[operation]?.fields ?? {};
  const named = { ...ENVELOPE, op: required(oneOf([operation])) };
  return operation === 'update'
    ? schemaOf({ ...named, patch: required({ ...anything(), schema: schemaOf(fields) }) })
    : schemaOf({ ...named, ...fields });
}

export const BULK_FIELDS = {
  items: required(
    checked(listOf(item, { max: MOST_ITEMS }), (items, place) =>
      items.length === 0 ? place.refuse(`Must have 1 to ${MOST_ITEMS} items.`) : items,
    ),
  ),
};
