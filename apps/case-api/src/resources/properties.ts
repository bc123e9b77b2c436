import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** Shorthands for the properties of resources, so that a resource reads like a table. */
const EXAMPLE_ID = '0199a3c2-6f5e-7c1d-9b7a-2f1f5c0e8d11';
const EXAMPLE_INSTANT = '2026-03-02T09:15:30.123Z';

type Extra = Pick<ApiPropertyOptions, 'description'> & {
  readonly nullable?: boolean;
  readonly example?: unknown;
};
/** `required: false`: it is left out when there is nothing to say. */
type MayBeAbsent = Extra & { readonly required?: boolean };

export const Uuid = (extra: MayBeAbsent = {}): PropertyDecorator =>
  ApiProperty({ type: String, format: 'uuid', example: EXAMPLE_ID, ...extra });

export const Instant = (extra: MayBeAbsent = {}): PropertyDecorator =>
  ApiProperty({ type: String, format: 'date-time', example: EXAMPLE_INSTANT, ...extra });

export const Text = (extra: Extra = {}): PropertyDecorator => ApiProperty({ type: String, ...extra });

export const Integer = (extra: MayBeAbsent = {}): PropertyDecorator => ApiProperty({ type: 'integer', ...extra });

export const Truth = (extra: MayBeAbsent = {}): PropertyDecorator => ApiProperty({ type: Boolean, ...extra });

/** Lists of values may grow: clients treat unknown ones like the most general one. */
export const OneOf = (values: readonly string[], extra: Extra = {}): PropertyDecorator =>
  ApiProperty({ type: String, enum: [...values], ...extra });

export const Texts = (extra: MayBeAbsent = {}): PropertyDecorator =>
  ApiProperty({ type: 'array', items: { type: 'string' }, ...extra });

/** Of an object `required` names members; whether it must be there itself has another name. */
export const Anything = ({ required: selfRequired = true, ...extra }: MayBeAbsent = {}): PropertyDecorator =>
  ApiProperty({ type: 'object', additionalProperties: true, selfRequired, ...extra });

const JSON_TYPES = [
  { type: 'string' },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'object', additionalProperties: true },
  { type: 'array', items: {} },
];

/** A value of any JSON type. */
export const Json = (extra: MayBeAbsent = {}): PropertyDecorator =>
  ApiProperty({ anyOf: JSON_TYPES, nullable: true, ...extra });

type Resource = new () => object;

// The generator knows a function that names a class by the function's own name, `type`.
export const One = (resource: () => Resource, extra: MayBeAbsent = {}): PropertyDecorator =>
  ApiProperty({ type: () => resource(), ...extra });

export const Many = (resource: () => Resource, extra: MayBeAbsent = {}): PropertyDecorator =>
  ApiProperty({ type: () => resource(), isArray: true, ...extra });
