import { isUuid, normaliseEmailAddress, normalisePhoneNumber } from '#libs/interaction';
import type { ProblemPart } from '#libs/runtime';

/** Collects what is wrong with an event, each by its place, so that one answer names everything. */
export class Faults {
  readonly parts: ProblemPart[] = [];

  /** Undefined, so that a reader can end with it. */
  add(pointer: string, code: string, detail: string): undefined {
    this.parts.push({ pointer, code, detail });
    return undefined;
  }
}

/** The members of an object, at their place. */
export class Members {
  private readonly read = new Set<string>();

  constructor(
    private readonly given: Readonly<Record<string, unknown>>,
    readonly pointer: string,
    readonly faults: Faults,
  ) {}

  /** Null counts as absent. */
  member(name: string): unknown {
    this.read.add(name);
    return Object.hasOwn(this.given, name) ? (this.given[name] ?? undefined) : undefined;
  }

  needed(name: string): void {
    if (this.member(name) === undefined) {
      this.faults.add(`${this.pointer}/${name}`, 'required', 'Is missing.');
    }
  }

  text(name: string, most: number): string | undefined {
    return this.reading(name, (given) => {
      const value = typeof given === 'string' ? given.normalize('NFC').trim() : '';
      if (value === '' || [...value].length > most || UNPRINTABLE.test(value)) {
        return this.wrong(name, 'text', `Must be a text of 1 to ${most} characters without control characters.`);
      }
      return value;
    });
  }

  matching(name: string, form: RegExp, detail: string): string | undefined {
    return this.reading(name, (given) =>
      typeof given === 'string' && form.test(given) ? given : this.wrong(name, 'form', detail),
    );
  }

  uuid(name: string): string | undefined {
    return this.reading(name, (given) =>
      typeof given === 'string' && isUuid(given) ? given.toLowerCase() : this.wrong(name, 'uuid', 'Must be a UUID.'),
    );
  }

  /** ISO 8601, UTC, milliseconds. */
  instant(name: string): string | undefined {
    return this.reading(name, (given) => {
      const detail = 'Must be a date and time with its zone, such as 2026-03-02T10:15:00Z.';
      return (typeof given === 'string' ? instantOf(given) : null) ?? this.wrong(name, 'instant', detail);
    });
  }

  object(name: string): Members | undefined {
    return this.reading(name, (given) =>
      isObject(given)
        ? new Members(given, `${this.pointer}/${name}`, this.faults)
        : this.wrong(name, 'object', 'Must be an object.'),
    );
  }

  emails(name: string): string[] {
    return this.list(name, (text) => normaliseEmailAddress(text), 'Must be an email address.');
  }

  phones(name: string): string[] {
    return this.list(name, (text) => normalisePhoneNumber(text), 'Must be a telephone number.');
  }

  phone(name: string): string | undefined {
    const text = this.text(name, 60);
    return text === undefined
      ? undefined
      : (normalisePhoneNumber(text) ?? this.wrong(name, 'phone', 'Must be a telephone number.'));
  }

  /** Call last: what was not asked for is not known. */
  nothingElse(): void {
    for (const name of Object.keys(this.given)) {
      if (!this.read.has(name)) {
        const pointer = `${this.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 100)}`;
        this.faults.add(pointer, 'unknown-field', 'Is not known here.');
      }
    }
  }

  private list(name: string, read: (text: string) => string | null, detail: string): string[] {
    const given = this.member(name);
    if (given === undefined) {
      return [];
    }
    if (!Array.isArray(given) || given.length > MOST_IDENTITIES) {
      this.wrong(name, 'list', `Must be a list of at most ${MOST_IDENTITIES} texts.`);
      return [];
    }
    return given.flatMap((one: unknown, index) => {
      const value = typeof one === 'string' && one.length <= LONGEST_IDENTITY ? read(one) : null;
      return value ?? this.faults.add(`${this.pointer}/${name}/${index}`, 'form', detail) ?? [];
    });
  }

  private reading<Value>(name: string, read: (given: unknown) => Value | undefined): Value | undefined {
    const given = this.member(name);
    return given === undefined ? undefined : read(given);
  }

  private wrong(name: string, code: string, detail: string): undefined {
    return this.faults.add(`${this.pointer}/${name}`, code, detail);
  }
}

const MOST_IDENTITIES = 20;
const LONGEST_IDENTITY = 320;
/** Tab and line feed are the control characters that text has. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Surrogate}/u;
/** RFC 3339 with a zone. */
const INSTANT = /^(?!0000)\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

export function isObject(given: unknown): given is Record<string, unknown> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function instantOf(text: string): string | null {
  const day = text.slice(0, 10);
  const time = INSTANT.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN;
  const isDay = !Number.isNaN(Date.parse(day)) && new Date(Date.parse(day)).toISOString().startsWith(day);
  const year = Number.isNaN(time) ? 0 : new Date(time).getUTCFullYear();
  return isDay && year >= 1000 && year <= 9999 ? new Date(time).toISOString() : null;
}
