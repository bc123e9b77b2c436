import type { Command } from 'commander';
import { type CommandContext, type ExitCode, failed, type Outcome, succeeded } from '../context.js';
import { type ApiAccess, type ApiOptions, callApi, overApi, withApi } from '../installation/api-access.js';
import { fitted, tableOf } from '../terminal.js';
import { casePath } from './case-path.js';
import { changing, type WriteOptions } from './change-case.js';

/** The part of a link that is shown. */
interface LinkAnswer {
  readonly id: string;
  readonly kind: string;
  readonly direction: 'from' | 'to';
  readonly case: {
    readonly id: string;
    readonly number: number;
    readonly subject: string | null;
    readonly status: string;
  };
  readonly created_at: string;
  readonly created_by: { readonly name: string | null } | null;
  readonly on_behalf_of: { readonly name: string | null } | null;
}

const HEADING = ['KIND', '', 'CASE', 'STATUS', 'SUBJECT', 'BY', 'LINK'];

/** `cases links`, `link` and `unlink`. */
export function addLinking(cases: Command, context: CommandContext): void {
  const { terminal } = context;
  overApi(cases.command('links <case>'))
    .description('list what a case is linked to')
    .action((name: string, options: ApiOptions) =>
      run(context, options, [name], async (access, [path = '']) => {
        const links = await allLinks(access, path);
        if (links.ok) {
          (options.json === true ? links.value.map((one) => JSON.stringify(one)) : tableOfLinks(links.value)).forEach(
            (line) => terminal.line(line),
          );
        }
        return links;
      }),
    );
  changing(cases.command('link <case> <other>'))
    .description('relate a case and another one')
    .action((name: string, other: string, options: WriteOptions) =>
      run(context, options, [name, other], async (access, [path = '', named = '']) => {
        const body = { case_id: named.replace('/v1/cases/', '') };
        const made = await callApi<LinkAnswer>(access, 'POST', `${path}/links`, { body, onBehalfOf: options.as });
        if (made.ok) {
          terminal.line(
            options.json === true ? JSON.stringify(made.value) : `${name}: ${lineOf(made.value).join(' ')}`,
          );
        }
        return made;
      }),
    );
  changing(cases.command('unlink <case> <other>'))
    .description('take the link away by which two cases are related')
    .action((name: string, other: string, options: WriteOptions) =>
      run(context, options, [name, other], async (access, [path = '', named = '']) => {
        const link = await relatedLink(access, path, named.replace('/v1/cases/', ''));
        const { as: onBehalfOf } = options;
        const done = link.ok ? await callApi(access, 'DELETE', `${path}/links/${link.value.id}`, { onBehalfOf }) : link;
        if (done.ok) {
          terminal.line(`${name}: no longer related to ${other}`);
        }
        return done;
      }),
    );
}

/** Ends with 2 when a name names no case, and with 1 when `work` fails. */
async function run(
  context: CommandContext,
  options: ApiOptions,
  names: readonly string[],
  work: (access: ApiAccess, paths: readonly string[]) => Promise<Outcome<unknown>>,
): Promise<void> {
  const { terminal } = context;
  const paths = names.map(casePath);
  const wrong = paths.find((path) => !path.ok);
  if (wrong?.ok === false) {
    terminal.error(wrong.reason);
    return context.finish(2);
  }
  const found = paths.flatMap((path) => (path.ok ? [path.value] : []));
  const code = await withApi(context, options, async (access): Promise<ExitCode> => {
    const done = await work(access, found);
    if (!done.ok) {
      terminal.error(done.reason);
    }
    return done.ok ? 0 : 1;
  });
  context.finish(code);
}

/** All pages of them. */
async function allLinks(access: ApiAccess, path: string): Promise<Outcome<LinkAnswer[]>> {
  const links: LinkAnswer[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    type Answer = { readonly data: LinkAnswer[]; readonly page: { readonly next_cursor: string | null } };
    const found: Outcome<Answer> = await callApi<Answer>(access, 'GET', `${path}/links?limit=100${query}`);
    if (!found.ok) {
      return found;
    }
    links.push(...found.value.data);
    cursor = found.value.page.next_cursor;
  }
  return succeeded(links);
}

/** `other`: an id, or `number:12`. */
async function relatedLink(access: ApiAccess, path: string, other: string): Promise<Outcome<LinkAnswer>> {
  const links = await allLinks(access, path);
  if (!links.ok) {
    return links;
  }
  const link = links.value.find(({ kind, case: { id, number } }) => {
    return kind === 'related' && (id === other || `number:${number}` === other);
  });
  return link === undefined ? failed('The two cases are not related.') : succeeded(link);
}

function tableOfLinks(links: readonly LinkAnswer[]): string[] {
  return links.length === 0 ? ['There is none.'] : tableOf([HEADING, ...links.map(lineOf)]);
}

function lineOf({ id, kind, direction, case: other, created_by: by, on_behalf_of: agent }: LinkAnswer): string[] {
  const who = agent?.name ?? by?.name ?? (by === null ? 'a rule' : 'somebody');
  const subject = fitted(other.subject ?? '(in the trash)', 50);
  return [kind, direction, `CASE-${other.number}`, other.status, subject, fitted(who, 20), id];
}
