import type { OpenAPIObject } from '@nestjs/swagger';

/** An answer that a test got. */
export interface Seen {
  /** `POST /v1/cases?x=1` */
  readonly line: string;
  readonly status: number;
  readonly code: unknown;
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
interface Media {
  readonly examples?: Readonly<Record<string, unknown>>;
}

/** Problems that operations were seen to end in, and that the description does not say of them. Defects are no problems. */
export function undescribedProblems(description: OpenAPIObject, seen: readonly Seen[]): string[] {
  const missing = seen.flatMap(({ line, status, code }) => {
    const found = operationOf(description, line);
    if (found === null || status < 400 || status >= 500 || typeof code !== 'string') {
      return [];
    }
    const media = found.operation.responses[status]?.content?.['application/problem+json'];
    return code in (media?.examples ?? {}) ? [] : [`${found.name} ends in ${status} ${code}`];
  });
  return [...new Set(missing)].sort();
}

function operationOf({ paths }: OpenAPIObject, line: string): { name: string; operation: Operation } | null {
  const [method = '', url = ''] = line.split(' ');
  const [path = ''] = url.split('?', 1);
  const fitting = Object.keys(paths).filter((template) => patternOf(template).test(path));
  // `/v1/cases/latest` comes before `/v1/cases/{id}`, as the router has it.
  const [template] = fitting.sort((one, other) => one.split('{').length - other.split('{').length);
  const operations = (template === undefined ? {} : paths[template]) as Readonly<Record<string, Operation>>;
  const operation = operations[method.toLowerCase()];
  return operation === undefined ? null : { name: `${method} ${template}`, operation };
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}$`);
}
