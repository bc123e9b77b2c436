import type { ProblemPart } from '#libs/runtime';
import { ProblemException, unprocessable } from '../http/problem.js';
import { createListReader, type ListReader, type QueryFaults, type RawQuery } from './list-values.js';
import { namesOf, type QueryParameter } from './query-parameters.js';

export type { RawQuery };

/** RFC 3339, or a date alone, which is midnight UTC. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Reads parameters one by one and remembers all that is wrong, so that one answer names everything. */
export interface QueryReader extends ListReader {
  text(name: string, longest: number): string | undefined;
  boolean(name: string): boolean | undefined;
  integer(name: string, from: number, to: number): number | undefined;
  /** ISO 8601, UTC, milliseconds. */
  instant(name: string): string | undefined;
  oneOf<Value extends string>(name: string, allowed: readonly Value[]): Value | undefined;
  refuse(name: string, detail: string, code?: string): void;
  /** Throws 400 when a parameter could not be read, else 422 when a value or a name is not allowed. */
  finish(): void;
}

type Parse<Value> = (text: string) => Value | undefined;

/** A reader that knows the given parameters and no others. */
export function createQueryReader(query: RawQuery, parameters: readonly QueryParameter[]): QueryReader {
  const known = namesOf(parameters);
  const malformed: ProblemPart[] = [];
  const invalid: ProblemPart[] = Object.keys(query)
    .filter((name) => !known.includes(name))
    .map((name) => partOf(name, 'unknown-field', `Not a parameter here. Known: ${known.join(', ') || 'none'}.`));
  const refuse: QueryFaults['refuse'] = (name, detail, code = 'validation-failed') => {
    invalid.push(partOf(name, code, detail));
  };
  const misread: QueryFaults['misread'] = (name, detail) => {
    malformed.push(partOf(name, 'malformed-query', detail));
  };
  const single = <Value>(name: string, expected: string, parse: Parse<Value>): Value | undefined => {
    const given = query[name];
    if (given === undefined) {
      return undefined;
    }
    const value = typeof given === 'string' ? parse(given) : undefined;
    if (value === undefined) {
      misread(name, `Must be ${expected}, given once.`);
    }
    return value;
  };
  return {
    ...createListReader(query, { refuse, misread }),
    refuse,
    text: (name, longest) => checkedLength(single(name, 'text', plainText), name, longest, refuse),
    boolean: (name) => single(name, 'true or false', (text) => ({ true: true, false: false })[text]),
    instant: (name) => single(name, 'an RFC 3339 instant or a date', instantOf),
    integer: (name, from, to) => {
      const value = single(name, 'a whole number', (text) => (/^-?\d{1,9}$/.test(text) ? Number(text) : undefined));
      if (value !== undefined && (value < from || value > to)) {
        refuse(name, `Must be between ${from} and ${to}.`);
      }
      return value;
    },
    oneOf: (name, allowed) => {
      const value = single(name, 'text', plainText);
      const found = allowed.find((one) => one === value);
      if (value !== undefined && found === undefined) {
        refuse(name, `Must be one of: ${allowed.join(', ')}.`);
      }
      return found;
    },
    finish: () => failOn(malformed, invalid),
  };
}

function partOf(name: string, code: string, detail: string): ProblemPart {
  return { pointer: `/query/${name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 100)}`, code, detail };
}

/** PostgreSQL has no U+0000 in text. */
function plainText(text: string): string | undefined {
  return text.includes('\u0000') ? undefined : text;
}

function checkedLength(
  value: string | undefined,
  name: string,
  longest: number,
  refuse: QueryFaults['refuse'],
): string | undefined {
  if (value !== undefined && (value.length === 0 || value.length > longest)) {
    refuse(name, `Must have 1 to ${longest} characters.`);
  }
  return value;
}

/** Days that are in no calendar, and years that the database cannot write, are no instants. */
function instantOf(text: string): string | undefined {
  const day = text.slice(0, 10);
  const midnight = INSTANT.test(text) ? Date.parse(day) : Number.NaN;
  const time = Date.parse(text);
  if (Number.isNaN(midnight) || Number.isNaN(time) || !new Date(midnight).toISOString().startsWith(day)) {
    return undefined;
  }
  const year = new Date(time).getUTCFullYear();
  return year >= 1 && year <= 9999 ? new Date(time).toISOString() : undefined;
}

function failOn(malformed: readonly ProblemPart[], invalid: readonly ProblemPart[]): void {
  if (malformed.length > 0) {
    throw new ProblemException({ code: 'malformed-query', detail: summary(malformed), errors: malformed });
  }
  if (invalid.length > 0) {
    throw unprocessable(invalid);
  }
}

function summary(parts: readonly ProblemPart[]): string {
  return parts.length === 1 ? `${parts[0]?.pointer}: ${parts[0]?.detail}` : `${parts.length} parameters are wrong.`;
}
