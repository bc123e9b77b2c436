import type { Command } from 'commander';
import { isUuid } from '#libs/interaction';
import type { CommandContext, ExitCode } from '../../context.js';
import { request } from '../../cases/change-case.js';
import { followDeliveries } from '../../deliveries/follow.js';
import { detailLines, HEADING, rowOf, type DeliveryAnswer, type DeliveryDetailAnswer } from '../../deliveries/show.js';
import { overApi, withApi, type ApiOptions } from '../../installation/api-access.js';
import { printList } from '../../installation/print-list.js';

interface ListOptions extends ApiOptions {
  readonly connection?: string;
  readonly verdict?: string;
  readonly state?: string;
  readonly since?: string;
  readonly limit: string;
  readonly follow?: boolean;
}

const EXAMPLE_ID = '0197a3c2-5d1e-7c3a-9f00-3b1c55aa0001';

export function addDeliveries(program: Command, context: CommandContext): void {
  const deliveries = overApi(program.command('deliveries'))
    .description('what came to the connections of the telephone, what became of it, and why')
    .option('--follow', 'go on with what comes, until Ctrl-C')
    .option('--connection <name>', 'only of this one, as twilio/main')
    .option('--verdict <verdict>', 'verified, refused, malformed or overload; several separated by commas')
    .option('--state <state>', 'created, attached, recorded, parked or waiting; several separated by commas')
    .option('--since <instant>', 'received then or later, as 2026-03-02T10:00:00Z')
    .option('--limit <count>', 'at most so many, up to 100', '50')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright deliveries\n  casewright deliveries --follow --connection twilio/main\n' +
        '  casewright deliveries --state recorded,parked --json\n  casewright deliveries --verdict refused',
    )
    .action(async (options: ListOptions) => {
      context.finish(await withApi(context, options, (access) => list(context, access, options)));
    });
  overApi(deliveries.command('show'))
    .description('show one request with what it said, and what to do')
    .argument('<delivery>', 'its id, as the list shows it')
    .addHelpText('after', `\nExample:\n  casewright deliveries show ${EXAMPLE_ID}`)
    .action(async (id: string, _: unknown, command: Command) => {
      context.finish(await show(context, id, command.optsWithGlobals()));
    });
  overApi(deliveries.command('replay'))
    .description('publish what one told again, such as after its line was set up')
    .argument('<delivery>', 'its id, as the list shows it')
    .addHelpText('after', `\nExample:\n  casewright deliveries replay ${EXAMPLE_ID}`)
    .action(async (id: string, _: unknown, command: Command) => {
      context.finish(await replay(context, id, command.optsWithGlobals()));
    });
}

type Access = Parameters<Parameters<typeof withApi>[2]>[0];

function list(context: CommandContext, access: Access, options: ListOptions): Promise<ExitCode> {
  const { connection, verdict, state, since, limit } = options;
  const given = Object.entries({ connection, verdict, state, since }).filter(([, value]) => value !== undefined);
  const filter = new URLSearchParams(given as [string, string][]);
  if (options.follow === true) {
    return followDeliveries(context, access, options, filter);
  }
  filter.set('limit', limit);
  return printList<DeliveryAnswer>(context, access, options, {
    path: `/v1/deliveries?${filter.toString()}`,
    heading: HEADING,
    rowOf,
    none: 'Nothing came: either nobody calls, or the provider does not reach this address (proxy, tunnel, firewall).',
  });
}

async function show(context: CommandContext, id: string, options: ApiOptions): Promise<ExitCode> {
  return one(context, id, (path) =>
    request<DeliveryDetailAnswer>(context, options, {
      method: 'GET',
      path,
      say: (terminal, found) => detailLines(found).forEach((line) => terminal.line(line)),
    }),
  );
}

async function replay(context: CommandContext, id: string, options: ApiOptions): Promise<ExitCode> {
  return one(context, id, (path) =>
    request<{ readonly facts: number }>(context, options, {
      method: 'POST',
      path: `${path}/replay`,
      body: {},
      say: (terminal, { facts }) => {
        terminal.line(`${facts} ${facts === 1 ? 'fact is' : 'facts are'} told again; what becomes of it:`);
        terminal.line(`  casewright deliveries show ${id.toLowerCase()}`);
      },
    }),
  );
}

async function one(
  { terminal }: CommandContext,
  id: string,
  work: (path: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (!isUuid(id)) {
    terminal.error(`"${id}" is no delivery: "casewright deliveries" shows their ids.`);
    return 2;
  }
  return work(`/v1/deliveries/${id.toLowerCase()}`);
}
