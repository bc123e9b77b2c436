import type { ApiBodyOptions } from '@nestjs/swagger';
import type { Place } from './place.js';

export type Schema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

/**
 * One field of a body: how it is read, and what the description says of it. A field is data, and fields are made of
 * fields: `nullable(line({ max: 100 }))`.
 */
export interface Field<Value> {
  /** The value in the form in which it is used; undefined when it has faults, which `place` was told. */
  readonly read: (given: unknown, place: Place) => Value | undefined;
  readonly schema: Schema;
  /** Its absence is a fault. */
  readonly isRequired?: boolean;
}

/** The fields of an object, by their names. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What is left of an object: the fields that were sent and are right. */
export type Values<Of extends Fields> = {
  readonly [Name in keyof Of]?: Of[Name] extends Field<infer Value> ? Value : never;
};

/** An object without faults: what is required is there. */
export type Complete<Of extends Fields> = Values<Of> & {
  readonly [Name in keyof Of as Of[Name] extends RequiredField<unknown> ? Name : never]: Of[Name] extends Field<
    infer Value
  >
    ? Value
    : never;
};

export type RequiredField<Value> = Field<Value> & { readonly isRequired: true };

/** A field that null clears. */
export function nullable<Value>(field: Field<Value>): Field<Value | null> {
  const schema = { anyOf: [field.schema, { type: 'null' }] } as Schema;
  return { ...field, schema, read: (given, place) => (given === null ? null : field.read(given, place)) };
}

/** A field that must be there: `field-required` otherwise. */
export function required<Value>(field: Field<Value>): RequiredField<Value> {
  return { ...field, isRequired: true };
}

/** A field that the service answers with and nobody sends: `read-only`. */
export function readOnly(): Field<never> {
  return {
    read: (_given, place) => place.refuse('Cannot be written.', 'read-only'),
    schema: { readOnly: true },
  };
}

/** A field whose value has to pass one more look, and may become something else by it: a name, an address. */
export function checked<Value, Result>(
  field: Field<Value>,
  look: (value: Value, place: Place) => Result | undefined,
): Field<Result> {
  return {
    ...field,
    read(given, place) {
      const value = field.read(given, place);
      return value === undefined ? undefined : look(value, place);
    },
  };
}

/** A field with words about it in the description. */
export function described<Value>(field: Field<Value>, description: string, example?: unknown): Field<Value> {
  const schema = { ...field.schema, description, ...(example === undefined ? {} : { examples: [example] }) };
  return { ...field, schema: schema };
}

/**
 * A field that says its value in one of several forms, each by the members that it needs. That is what the description
 * says of it (`oneOf`; `anyOf` where several may come together); the rule itself is the field's own.
 */
export function inForms<Value>(
  field: Field<Value>,
  forms: readonly (readonly string[])[],
  choice: 'oneOf' | 'anyOf' = 'oneOf',
): Field<Value> {
  const choices = forms.map((required) => ({ required: [...required] }));
  return { ...field, schema: { ...field.schema, [choice]: choices } };
}
