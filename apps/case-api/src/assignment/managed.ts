import { ProblemException } from '../http/problem.js';

/** Throws 409 for fields that the configuration file declares; `place`: where in the file, null for what the API manages. */
export function refuseDeclared(
  place: string | null,
  changed: readonly string[],
  declared: ReadonlySet<string> | 'all',
): void {
  const errors = changed
    .filter((field) => place !== null && (declared === 'all' || declared.has(field)))
    .map((field) => ({ pointer: `/${field}`, code: 'managed-by-configuration', detail: sentenceOf(place) }));
  const [first] = errors;
  if (first !== undefined) {
    const detail = `${first.pointer}: ${first.detail}`;
    throw new ProblemException({ code: 'managed-by-configuration', detail, errors });
  }
}

/** 409 for what the file declares as a whole. */
export function managedByFile(what: string, place: string | null): ProblemException {
  return new ProblemException({ code: 'managed-by-configuration', detail: `${what}: ${sentenceOf(place)}` });
}

function sentenceOf(place: string | null): string {
  return `It is declared at ${place ?? 'agents'} of the configuration: change it there and start again.`;
}

/** Fields in which two rows differ, by their public names. */
export function differing<Row extends object>(
  before: Row,
  after: Row,
  names: Readonly<Partial<Record<keyof Row, string>>>,
): string[] {
  return (Object.keys(names) as (keyof Row)[]).flatMap((field) =>
    canonical(before[field]) === canonical(after[field]) ? [] : [names[field] ?? String(field)],
  );
}

/** The database gives the keys of an object back in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
