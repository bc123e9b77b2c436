import type { RouteOptions } from 'fastify';

interface KnownPath {
  readonly segments: readonly string[];
  readonly methods: Set<string>;
}

/** The paths that are served, to tell a method that a path does not have from a path that is not there. */
export class KnownPaths {
  private readonly paths = new Map<string, KnownPath>();

  /** Hook for each route as it comes. */
  readonly add = ({ url, method }: Pick<RouteOptions, 'url' | 'method'>): void => {
    const known = this.paths.get(url) ?? { segments: url.split('/'), methods: new Set() };
    this.paths.set(url, known);
    [method].flat().forEach((one) => known.methods.add(one));
  };

  /** Methods of the path of a URL, sorted; none when nothing is served there. */
  methodsOf(url: string): readonly string[] {
    const given = (url.split(/[?#]/, 1)[0] ?? '').split('/').map(decoded);
    const found = [...this.paths.values()].filter(({ segments }) => fits(segments, given));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  }
}

function fits(segments: readonly string[], given: readonly string[]): boolean {
  const isSame = (segment: string, index: number): boolean =>
    segment.startsWith(':') ? given[index] !== '' : segment === given[index];
  return segments.length === given.length && segments.every(isSame);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
