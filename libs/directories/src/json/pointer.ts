/** What a pointer leads to. */
export interface Pointed {
  /** Whether there is such a place, even if nothing stands in it. */
  readonly isThere: boolean;
  readonly values: readonly unknown[];
}

const NOWHERE: Pointed = { isThere: false, values: [] };
/** Values of one field of one item. */
const MOST_VALUES = 1_000;

/** A JSON pointer (RFC 6901), or one with `*` for every member of a list or an object. */
export const POINTER = /^(\/([^~/]|~[01])*){0,20}$/u;

/** Everything that a pointer leads to, in the order of the document. The empty one is the whole. Never throws. */
export function pointedAt(plain: unknown, pointer: string): Pointed {
  const steps = pointer.split('/').slice(1);
  return steps.reduce<Pointed>(stepped, { isThere: true, values: [plain] });
}

function stepped({ values }: Pointed, step: string): Pointed {
  const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
  const containers = values.filter((value): value is object => typeof value === 'object' && value !== null);
  if (step === '*') {
    const all = containers.flatMap((one): unknown[] => Object.values(one));
    return { isThere: containers.length > 0, values: all.slice(0, MOST_VALUES) };
  }
  const having = containers.filter((one) => Object.hasOwn(one, name));
  return having.length === 0
    ? { ...NOWHERE, isThere: values.length === 0 && containers.length === 0 }
    : { isThere: true, values: having.map((one) => (one as Record<string, unknown>)[name]) };
}
