import { isUUID, ValidateBy, type ValidationArguments } from 'class-validator';

const INSTANT = /^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** An instant that exists, as ISO 8601 in UTC with milliseconds: one spelling, so that text sorts like time. */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) => typeof value === 'string' && INSTANT.test(value) && exists(value),
      defaultMessage: () => '$property must be an instant such as 2026-03-02T09:00:00.000Z',
    },
  });
}

/** One of the values, or null: said to be none, which is not the same as not said. */
export function IsInOrNull(values: readonly string[]): PropertyDecorator {
  return ValidateBy({
    name: 'isInOrNull',
    constraints: [values],
    validator: {
      validate: (value) => value === null || (typeof value === 'string' && values.includes(value)),
      defaultMessage: () => `$property must be null or one of ${values.join(', ')}`,
    },
  });
}

/** At most 18 digits: more than any case will have, and within PostgreSQL's bigint. */
const CASE_NUMBER = /^[1-9]\d{0,17}$/;

/** The value of a reference: the id of a case when it is of kind `case`, its number for `case_number`, else a name. */
export function NamesItsKind(): PropertyDecorator {
  return ValidateBy({
    name: 'namesItsKind',
    validator: {
      validate: (value, given?: ValidationArguments) =>
        isNameOfKind((given?.object as { kind?: unknown } | undefined)?.kind, value),
      defaultMessage: () => '$property must be the id or the number of a case, as its kind says',
    },
  });
}

/** 30 February and 24:00 have the right form; JavaScript reads them as another day. */
function exists(instant: string): boolean {
  return new Date(instant).getUTCDate() === Number(instant.slice(8, 10));
}

function isNameOfKind(kind: unknown, value: unknown): boolean {
  switch (kind) {
    case 'case':
      return isUUID(value);
    case 'case_number':
      return typeof value === 'string' && CASE_NUMBER.test(value);
    default:
      return true;
  }
}
