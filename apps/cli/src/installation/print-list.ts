import type { CommandContext, ExitCode } from '../context.js';
import { tableOf } from '../terminal.js';
import { type ApiAccess, type ApiOptions, callApi } from './api-access.js';

/** A list of the Case API and how people read it. */
export interface ApiList<One> {
  readonly path: string;
  readonly heading: readonly string[];
  readonly rowOf: (one: One) => readonly string[];
  /** What is said when the list is empty. */
  readonly none: string;
}

/** Prints the first page of a list as a table, or as one JSON document per line. */
export async function printList<One>(
  { terminal }: CommandContext,
  access: ApiAccess,
  { json }: ApiOptions,
  { path, heading, rowOf, none }: ApiList<One>,
): Promise<ExitCode> {
  const found = await callApi<{ data: One[]; page: { has_more: boolean } }>(access, 'GET', path);
  if (!found.ok) {
    terminal.error(found.reason);
    return 1;
  }
  const { data, page } = found.value;
  if (json === true) {
    data.forEach((one) => terminal.json(one));
    return 0;
  }
  (data.length === 0 ? [none] : tableOf([heading, ...data.map(rowOf)])).forEach((line) => terminal.line(line));
  if (page.has_more) {
    terminal.line('There are more: ask for them with --limit, or over the Case API page by page.');
  }
  return 0;
}
