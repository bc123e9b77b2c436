type Plain = Readonly<Record<string, unknown>>;

/**
 * The first of the named members that says something: a text without the blanks around it, a number as text, the first of
 * several values. Null for an empty text: forms and templates leave what they do not know empty.
 */
export function member(plain: Plain, ...names: readonly string[]): string | null {
  for (const name of names) {
    const told = Object.hasOwn(plain, name) ? plain[name] : undefined;
    const value: unknown = Array.isArray(told) ? told[0] : told;
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
    if (text !== '') {
      return text;
    }
  }
  return null;
}

/** All values of a member, the empty ones left out. */
export function members(plain: Plain, ...names: readonly string[]): readonly string[] {
  const values = names.flatMap((name) => (Object.hasOwn(plain, name) ? [plain[name]].flat() : []));
  return values
    .filter((value) => typeof value === 'string')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** A whole number of seconds, in milliseconds; null where none is told. */
export function secondsOf(text: string | null): number | null {
  return text !== null && /^\d{1,7}(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : null;
}

/** No name of a call, a leg or a recording is longer in a fact. */
export function nameOf(text: string | null): string | null {
  return text === null || text.length > 200 ? null : text;
}

/** What a table says of a name that a stranger wrote; `constructor` and the like are in no table. */
export function known<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** An address in lower case; null for what is none. */
export function emailOf(text: string | null): string | null {
  return text !== null && text.length <= 320 && /^[^@\s]+@[^@\s]+$/.test(text) ? text.toLowerCase() : null;
}
