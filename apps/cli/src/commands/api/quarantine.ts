import type { Command } from 'commander';
import { isUuid } from '#libs/interaction';
import type { CommandContext, ExitCode } from '../../context.js';
import { callApi, overApi, withApi, type ApiAccess, type ApiOptions } from '../../installation/api-access.js';
import { printList } from '../../installation/print-list.js';
import { fitted } from '../../terminal.js';

interface ListOptions extends ApiOptions {
  readonly reason?: string;
  readonly state?: string;
  readonly limit: string;
}

/** The part of the API's answers that is shown. */
interface Suspended {
  readonly interaction_id: string;
  readonly sender: { readonly value: string };
  readonly subject: string;
  readonly reason: string;
  readonly state: string;
  readonly suspended_at: string;
}

const EXAMPLE_ID = '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10';

export function addQuarantine(program: Command, context: CommandContext): void {
  const quarantine = program.command('quarantine').description('interactions that wait for a person');
  overApi(quarantine.command('list'))
    .description('list them, newest first')
    .option('--reason <reason>', 'only these, such as spoofed_sender or too_many_cases; several separated by commas')
    .option('--state <state>', 'waiting, released or rejected', 'waiting')
    .option('--limit <count>', 'at most so many, up to 100', '50')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright quarantine list\n  casewright quarantine list --reason spoofed_sender --json',
    )
    .action(async (options: ListOptions) => {
      context.finish(await withApi(context, options, (access) => list(context, access, options)));
    });
  overApi(quarantine.command('release'))
    .description('let one go on as if it had never waited')
    .argument('<interaction>', 'its id, as the list shows it')
    .option('--reason <text>', 'why; kept with it')
    .addHelpText('after', `\nExample:\n  casewright quarantine release ${EXAMPLE_ID}`)
    .action(async (id: string, options: ApiOptions & { readonly reason?: string }) => {
      context.finish(await decide(context, 'release', id, options));
    });
  overApi(quarantine.command('reject'))
    .description('put one aside for good; it is kept')
    .argument('<interaction>', 'its id, as the list shows it')
    .requiredOption('--reason <text>', 'why; kept with it')
    .addHelpText(
      'after',
      `\nExample:\n  casewright quarantine reject ${EXAMPLE_ID} --reason "not from Ana, she called"`,
    )
    .action(async (id: string, options: ApiOptions & { readonly reason?: string }) => {
      context.finish(await decide(context, 'reject', id, options));
    });
}

function list(context: CommandContext, access: ApiAccess, options: ListOptions): Promise<ExitCode> {
  const query = new URLSearchParams({ limit: options.limit, state: options.state ?? 'waiting' });
  if (options.reason !== undefined) {
    query.set('reason', options.reason);
  }
  return printList<Suspended>(context, access, options, {
    path: `/v1/quarantine?${query.toString()}`,
    heading: ['ID', 'SINCE', 'REASON', 'SENDER', 'SUBJECT'],
    rowOf,
    none: options.state === 'waiting' ? 'Nothing waits.' : 'There is none.',
  });
}

function rowOf(one: Suspended): string[] {
  return [one.interaction_id, one.suspended_at, one.reason, fitted(one.sender.value, 40), fitted(one.subject, 60)];
}

async function decide(
  context: CommandContext,
  decision: 'release' | 'reject',
  id: string,
  options: ApiOptions & { readonly reason?: string },
): Promise<ExitCode> {
  const { terminal } = context;
  if (!isUuid(id)) {
    terminal.error(`"${id}" is no interaction id: "casewright quarantine list" shows them.`);
    return 2;
  }
  return withApi(context, options, async (access) => {
    const body = options.reason === undefined ? {} : { reason: options.reason };
    const path = `/v1/quarantine/${id.toLowerCase()}/${decision}`;
    const settled = await callApi<Suspended>(access, 'POST', path, { body });
    if (!settled.ok) {
      terminal.error(settled.reason);
      return 1;
    }
    if (options.json === true) {
      terminal.json(settled.value);
    } else {
      terminal.line(`${id.toLowerCase()}: ${settled.value.state}`);
    }
    return 0;
  });
}
