/** Deeper JSON than this is refused: no interaction needs it, and recursion over it would cost the stack. */
const DEEPEST = 40;

/** Half of a surrogate pair: no UTF-8 can carry it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Names that reach behind an object instead of into it. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Why a value of JSON cannot be kept, with its path; null when it can. PostgreSQL refuses U+0000 and lone surrogates in
 * text and in jsonb, and would do so in the middle of a batch.
 */
export function whyNotStorable(value: unknown): string | null {
  const found = findUnstorable(value);
  return found && `${found.path.join('.') || 'value'}: ${found.problem}`;
}

/** What cannot be kept, outermost name first; null when everything can. */
export function findUnstorable(value: unknown): { readonly problem: string; readonly path: readonly string[] } | null {
  const found = find(value, 0);
  return found && { problem: found.problem, path: found.path.reverse() };
}

interface Found {
  readonly problem: string;
  /** Innermost name first. */
  readonly path: string[];
}

function find(value: unknown, depth: number): Found | null {
  if (typeof value === 'string') {
    const problem = problemOf(value);
    return problem === null ? null : { problem, path: [] };
  }
  if (typeof value !== 'object' || value === null) {
    return null;
  }
  return depth === DEEPEST ? { problem: `nested deeper than ${DEEPEST} levels`, path: [] } : findInside(value, depth);
}

function findInside(value: object, depth: number): Found | null {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const found = find(value[index], depth + 1);
      if (found !== null) {
        return named(found, String(index));
      }
    }
    return null;
  }
  for (const name in value) {
    const problem = RESERVED.has(name) ? 'is a reserved name' : problemOf(name);
    const found = problem === null ? find((value as Record<string, unknown>)[name], depth + 1) : { problem, path: [] };
    if (found !== null) {
      return named(found, name);
    }
  }
  return null;
}

function named(found: Found, name: string): Found {
  found.path.push(JSON.stringify(name).slice(1, -1));
  return found;
}

function problemOf(text: string): string | null {
  if (text.includes('\0')) {
    return 'holds U+0000';
  }
  return LONE_SURROGATE.test(text) ? 'holds half of a surrogate pair' : null;
}
