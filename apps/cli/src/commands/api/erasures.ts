import type { Command } from 'commander';
import { isUuid } from '#libs/interaction';
import type { CommandContext, ExitCode } from '../../context.js';
import { callApi, overApi, withApi, type ApiAccess, type ApiOptions } from '../../installation/api-access.js';
import { printList } from '../../installation/print-list.js';

interface ListOptions extends ApiOptions {
  readonly state?: string;
  readonly limit: string;
}

interface AskOptions extends ApiOptions {
  readonly reason?: string;
  readonly dryRun?: boolean;
}

/** The part of the API's answers that is shown. */
interface Erasure {
  readonly id: string;
  readonly contact_id: string;
  readonly state: string;
  readonly requested_at: string;
  readonly items: Readonly<Record<string, number>>;
  readonly kept: readonly Kept[];
}

interface Kept {
  readonly kind: string;
  readonly name: string;
  readonly kept_because: string;
  readonly rows?: number;
  readonly until?: string;
}

const EXAMPLE_ID = '0199a3c2-6f5e-7c1d-9b7a-2f1f5c0e8d11';

export function addErasures(program: Command, context: CommandContext): void {
  const erasures = program.command('erasures').description('requests that nothing of a person stays');
  overApi(erasures.command('list'))
    .description('list them, newest first')
    .option('--state <state>', 'waiting, requested, running, done, partly or refused; several separated by commas')
    .option('--limit <count>', 'at most so many, up to 100', '50')
    .addHelpText('after', '\nExample:\n  casewright erasures list --state waiting')
    .action(async (options: ListOptions) => {
      context.finish(await withApi(context, options, (access) => list(context, access, options)));
    });
  overApi(erasures.command('request'))
    .description('take away everything that is known of a contact, or say what that would be')
    .argument('<contact>', 'its id')
    .option('--reason <text>', 'why; kept with the request')
    .option('--dry-run', 'only say what would go')
    .addHelpText(
      'after',
      `\nExamples:\n  casewright erasures request ${EXAMPLE_ID} --dry-run\n  casewright erasures request ${EXAMPLE_ID} --reason "she asked for it"`,
    )
    .action(async (contact: string, options: AskOptions) => {
      context.finish(await ask(context, contact, options));
    });
  const ofOne = [
    ['show', 'GET', '', 'say how far one is, what went and what is kept'],
    ['start', 'POST', '/start', 'let one begin that a directory made and that waits'],
    ['refuse', 'POST', '/refuse', 'put one aside that waits'],
  ] as const;
  for (const [name, method, place, description] of ofOne) {
    overApi(erasures.command(name))
      .description(description)
      .argument('<erasure>', 'its id, as the list shows it')
      .addHelpText('after', `\nExample:\n  casewright erasures ${name} ${EXAMPLE_ID}`)
      .action(async (id: string, options: ApiOptions) => {
        const path = `/v1/erasures/${id.toLowerCase()}${place}`;
        context.finish(await show(context, id, options, { method, path }));
      });
  }
}

function list(context: CommandContext, access: ApiAccess, options: ListOptions): Promise<ExitCode> {
  const query = new URLSearchParams({
    limit: options.limit,
    ...(options.state === undefined ? {} : { state: options.state }),
  });
  return printList<Erasure>(context, access, options, {
    path: `/v1/erasures?${query.toString()}`,
    heading: ['ID', 'SINCE', 'STATE', 'CONTACT'],
    rowOf: (one) => [one.id, one.requested_at, one.state, one.contact_id],
    none: 'There is none.',
  });
}

async function ask(context: CommandContext, contact: string, options: AskOptions): Promise<ExitCode> {
  const { terminal } = context;
  if (!isUuid(contact)) {
    terminal.error(`"${contact}" is no id of a contact.`);
    return 2;
  }
  if (options.dryRun !== true && options.reason === undefined) {
    terminal.error('Say why with --reason, or ask what would go with --dry-run.');
    return 2;
  }
  return withApi(context, options, async (access) => {
    const isDryRun = options.dryRun === true;
    const path = `/v1/contacts/${contact.toLowerCase()}/erasure${isDryRun ? '?dry_run=true' : ''}`;
    const body = isDryRun ? {} : { reason: options.reason };
    const answer = await callApi<Partial<Erasure> & { erasure_id?: string }>(access, 'POST', path, { body });
    if (!answer.ok) {
      terminal.error(answer.reason);
      return 1;
    }
    if (options.json === true) {
      terminal.json(answer.value);
    } else if (isDryRun) {
      tell(context, answer.value.items ?? {}, answer.value.kept ?? []);
    } else {
      terminal.line(`${answer.value.erasure_id ?? ''}: requested; "casewright erasures show" says how far it is`);
    }
    return 0;
  });
}

async function show(
  context: CommandContext,
  id: string,
  options: ApiOptions,
  { method, path }: { readonly method: 'GET' | 'POST'; readonly path: string },
): Promise<ExitCode> {
  const { terminal } = context;
  if (!isUuid(id)) {
    terminal.error(`"${id}" is no id of a request: "casewright erasures list" shows them.`);
    return 2;
  }
  return withApi(context, options, async (access) => {
    const answer = await callApi<Erasure>(access, method, path, method === 'POST' ? { body: {} } : {});
    if (!answer.ok) {
      terminal.error(answer.reason);
      return 1;
    }
    if (options.json === true) {
      terminal.json(answer.value);
      return 0;
    }
    terminal.line(`${answer.value.id}: ${answer.value.state}`);
    tell(context, answer.value.items, answer.value.kept);
    return 0;
  });
}

function tell({ terminal }: CommandContext, items: Erasure['items'], kept: readonly Kept[]): void {
  for (const [kind, count] of Object.entries(items).filter(([, one]) => one > 0)) {
    terminal.line(`  ${kind.replaceAll('_', ' ')}: ${count}`);
  }
  for (const { kind, name, kept_because: because, rows, until } of kept) {
    const details = [rows === undefined ? '' : `${rows} rows`, until === undefined ? '' : `until ${until}`].filter(
      Boolean,
    );
    const more = details.length === 0 ? '' : `, ${details.join(', ')}`;
    terminal.line(`  kept: ${kind} ${name} (${because.replaceAll('_', ' ')}${more})`);
  }
}
