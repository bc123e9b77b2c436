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

/** The value of a reference: the id of a case when it is of kind `case`, a name otherwise. */
export function NamesItsKind(): PropertyDecorator {
  return ValidateBy({
    name: 'namesItsKind',
    validator: {
      validate: (value, given?: ValidationArguments) =>
        (given?.object as { kind?: unknown } | undefined)?.kind !== 'case' || isUUID(value),
      defaultMessage: () => '$property must be the id of a case',
    },
  });
}

/** 30 February and 24:00 have the right form; JavaScript reads them as another day. */
function exists(instant: string): boolean {
  return new Date(instant).getUTCDate() === Number(instant.slice(8, 10));
}
