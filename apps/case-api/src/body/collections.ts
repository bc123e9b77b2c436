import type { Field, Fields, Schema, Values } from './field.js';
import type { Place } from './place.js';

/** A list; `too-many-items` for one that is longer than `max`. It is read as a whole: one wrong item, and it is not there. */
export function listOf<Value>(item: Field<Value>, { max }: { readonly max: number }): Field<readonly Value[]> {
  return {
    read(given, place) {
      if (!Array.isArray(given)) {
        return place.refuse('Must be a list.');
      }
      if (given.length > max) {
        return place.refuse(`Must have at most ${max} items.`, 'too-many-items');
      }
      const values = given.map((one: unknown, index) => item.read(one, place.at(index)));
      return values.includes(undefined) ? undefined : (values as Value[]);
    },
    schema: { type: 'array', items: item.schema, maxItems: max },
  };
}

/** An object whose keys are data. A map, so that no key can be taken for something of the language. */
export function byKey<Value>(item: Field<Value>, { max }: { readonly max: number }): Field<ReadonlyMap<string, Value>> {
  return {
    read(given, place) {
      if (!isObject(given)) {
        return place.refuse('Must be an object.');
      }
      const entries = Object.entries(given);
      if (entries.length > max) {
        return place.refuse(`Must have at most ${max} members.`, 'too-many-items');
      }
      const values = entries.map(([key, one]) => [key, item.read(one, place.at(key))] as const);
      return values.some(([, value]) => value === undefined) ? undefined : new Map(values as [string, Value][]);
    },
    schema: { type: 'object', additionalProperties: item.schema, maxProperties: max },
  };
}

/** An object with these fields and no others. */
export function objectOf<Of extends Fields>(fields: Of): Field<Values<Of>> {
  return {
    read(given, place) {
      const before = place.faults.count;
      const value = readObject(given, place, fields);
      return place.faults.count > before ? undefined : value;
    },
    schema: schemaOf(fields),
  };
}

/** Reads what is right, and notes all that is not. Undefined for what is no object at all. */
export function readObject<Of extends Fields>(given: unknown, place: Place, fields: Of): Values<Of> | undefined {
  if (!isObject(given)) {
    return place.refuse('Must be an object.');
  }
  const known = Object.keys(fields);
  for (const name of Object.keys(given).filter((one) => !known.includes(one))) {
    place.at(name).refuse(`Not a field here. Known: ${known.join(', ') || 'none'}.`, 'unknown-field');
  }
  const values = Object.entries(fields).flatMap(([name, field]) => {
    const value = Object.hasOwn(given, name) ? field.read(given[name], place.at(name)) : absent(field, place.at(name));
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(values) as Values<Of>;
}

function absent(field: Field<unknown>, place: Place): undefined {
  return field.isRequired === true ? place.refuse('Must be given.', 'field-required') : undefined;
}

/** Whether it is an object of JSON, and no list. */
export function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

/** The schema of an object with these fields. Fields that nobody sends are not in it. */
export function schemaOf(fields: Fields): Schema {
  const sent = Object.entries(fields).filter(([, { schema }]) => !('readOnly' in schema));
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(sent.map(([name, { schema }]) => [name, schema])),
    required: sent.filter(([, { isRequired }]) => isRequired === true).map(([name]) => name),
  };
}
