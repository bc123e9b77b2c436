import { isUuid } from '#libs/interaction';
import type { Field } from './field.js';
import type { Place } from './place.js';

interface Length {
  /** Characters; 0 allows the empty text. 1 unless told. */
  readonly min?: number;
  readonly max: number;
}

/** Tab and line feed are the control characters that text has. */
const CONTROL = /[^\P{Cc}\t\n]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
const LINE_BREAK = /[\n\u2028\u2029]/;

/** Text of any lines, in NFC; its length counts characters. */
export function text({ min = 1, max }: Length): Field<string> {
  return {
    read: (given, place) => readText(given, place, { min, max }),
    schema: { type: 'string', minLength: min, maxLength: max },
  };
}

/** Text of one line. */
export function line(length: Length): Field<string> {
  const field = text(length);
  return {
    ...field,
    read(given, place) {
      const value = field.read(given, place);
      return value !== undefined && LINE_BREAK.test(value) ? place.refuse('Must be one line.') : value;
    },
  };
}

function readText(given: unknown, place: Place, { min, max }: Required<Length>): string | undefined {
  if (typeof given !== 'string') {
    return place.refuse('Must be a text.');
  }
  if (CONTROL.test(given) || LONE_SURROGATE.test(given)) {
    return place.refuse('Must have no control characters other than tab and line feed, and no half of a character.');
  }
  const value = given.normalize('NFC');
  const length = charactersOf(value);
  if (length < min || length > max) {
    return place.refuse(`Must have ${min} to ${max} characters.`);
  }
  return min > 0 && value.trim() === '' ? place.refuse('Must not be blank.') : value;
}

/** Characters as people and PostgreSQL count them: code points, not the units of UTF-16. */
function charactersOf(value: string): number {
  let count = 0;
  for (const _ of value) {
    count += 1;
  }
  return count;
}

/** Text of a form; `sentence` says of which. */
export function matching(form: RegExp, sentence: string): Field<string> {
  return {
    read: (given, place) => (typeof given === 'string' && form.test(given) ? given : place.refuse(sentence)),
    schema: { type: 'string', pattern: form.source },
  };
}

/** One of the words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Field<Word> {
  return {
    read: (given, place) =>
      words.find((word) => word === given) ?? place.refuse(`Must be one of: ${words.join(', ')}.`),
    schema: { type: 'string', enum: [...words] },
  };
}

/** true or false. */
export function truth(): Field<boolean> {
  return {
    read: (given, place) => (typeof given === 'boolean' ? given : place.refuse('Must be true or false.')),
    schema: { type: 'boolean' },
  };
}

/** A whole number. */
export function integer({ min, max }: { readonly min: number; readonly max: number }): Field<number> {
  return {
    read(given, place) {
      const isWithin = Number.isInteger(given) && (given as number) >= min && (given as number) <= max;
      // 0 and -0 are the same to whoever sends them.
      return isWithin ? (given as number) + 0 : place.refuse(`Must be a whole number from ${min} to ${max}.`);
    },
    schema: { type: 'integer', minimum: min, maximum: max },
  };
}

/** A UUID, in lower case. */
export function uuid(): Field<string> {
  return {
    read: (given, place) =>
      typeof given === 'string' && isUuid(given) ? given.toLowerCase() : place.refuse('Must be a UUID.'),
    schema: { type: 'string', format: 'uuid' },
  };
}

const DATE = /^(?!0000)\d{4}-\d{2}-\d{2}$/;

/** A day of the calendar, `YYYY-MM-DD`. */
export function date(): Field<string> {
  return {
    read: (given, place) =>
      typeof given === 'string' && DATE.test(given) && isDay(given)
        ? given
        : place.refuse('Must be a day, YYYY-MM-DD.'),
    schema: { type: 'string', format: 'date' },
  };
}

function isDay(value: string): boolean {
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Any value of JSON, for what only its own definition can read. */
export function anything(): Field<unknown> {
  return { read: (given) => given, schema: {} };
}
