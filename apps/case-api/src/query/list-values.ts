/** A query as the server parsed it: repeated parameters are lists. */
export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

const MOST_VALUES = 100;

/** What is said of a text that is no name. */
interface Unreadable {
  readonly detail: string;
}

/** Where faults go. */
export interface QueryFaults {
  /** A value that is not allowed: 422. */
  readonly refuse: (name: string, detail: string, code?: string) => void;
  /** A parameter that cannot be read: 400. */
  readonly misread: (name: string, detail: string) => void;
}

/** Reads parameters of several values, which are separated by commas, or the parameter is repeated; each counts once. */
export interface ListReader {
  /** Some of those that are allowed, sorted. */
  list(name: string, allowed: readonly string[]): string[] | undefined;
  /** Any texts, each of 1 to `longest` characters, sorted. */
  texts(name: string, longest: number): string[] | undefined;
  /** Names, and what `read` makes of each. */
  named<Called extends object>(name: string, read: (text: string) => Called | Unreadable): Called[] | undefined;
}

export function createListReader(query: RawQuery, { refuse, misread }: QueryFaults): ListReader {
  const valuesOf = (name: string): string[] | undefined => {
    const values = distinctValues(query[name]);
    if (values !== undefined && values.length > MOST_VALUES) {
      refuse(name, `Must have at most ${MOST_VALUES} values.`);
      return [];
    }
    return values;
  };
  return {
    list: (name, allowed) => {
      return valuesOf(name)?.filter((value) => {
        const isAllowed = allowed.includes(value);
        if (!isAllowed) {
          refuse(name, `Must be one or more of: ${allowed.join(', ')}.`);
        }
        return isAllowed;
      });
    },
    texts: (name, longest) => {
      const values = valuesOf(name);
      if (values?.some((value) => value.includes('\u0000')) === true) {
        misread(name, 'Must be text.');
      }
      if (values?.some(({ length }) => length === 0 || length > longest) === true) {
        refuse(name, `Each must have 1 to ${longest} characters.`);
      }
      return values;
    },
    named: (name, read) => {
      return valuesOf(name)?.flatMap((text) => {
        const called = text.includes('\u0000') ? { detail: 'Must be text.' } : read(text);
        if ('detail' in called) {
          misread(name, called.detail);
          return [];
        }
        return [called];
      });
    },
  };
}

function distinctValues(given: RawQuery[string]): string[] | undefined {
  const parts = typeof given === 'string' ? [given] : given;
  return parts === undefined ? undefined : [...new Set(parts.flatMap((part) => part.split(',')))].sort();
}
