import type { Command } from 'commander';
import { changing, request, told, type WriteOptions } from '../../cases/change-case.js';
import { CONTACT_HEADING, type ContactAnswer, contactLines, contactRow } from '../../contacts/contact-lines.js';
import { contactName, contactPath } from '../../contacts/contact-path.js';
import type { CommandContext, ExitCode } from '../../context.js';
import { overApi, withApi, type ApiOptions } from '../../installation/api-access.js';
import { printList } from '../../installation/print-list.js';

interface ListOptions extends ApiOptions {
  readonly search?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly external?: string;
  readonly kind?: string;
  readonly blocked?: boolean;
  readonly limit: string;
}

const EXAMPLE_ID = '019c2e1b-7d0e-7b3c-8a41-2f9e4d7b6c10';
const NAMED = 'its id, address, number as +351210000000, or external:hubspot:12';

/** `casewright contacts …` over the Case API. Other commands about contacts may have been added before. */
export function addContacts(program: Command, context: CommandContext): void {
  const contacts =
    program.commands.find((command) => command.name() === 'contacts') ??
    program.command('contacts').description('people and companies that cases are about');
  overApi(contacts.command('list'))
    .description('list them, newest first, or search for them')
    .option('--search <words>', 'parts of a name, a company, an address or a number, however it is spelled')
    .option('--email <address>', 'whoever has the address, or had')
    .option('--phone <number>', 'whoever has the number, or had, in any spelling')
    .option('--external <key>', 'whom an integration calls so: hubspot:1246965')
    .option('--kind <kind>', 'person or shared_line')
    .option('--blocked', 'only those whose messages open no case')
    .option('--limit <count>', 'at most so many, up to 100', '50')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright contacts list --search "rita lisboa"\n  casewright contacts list --phone "210 000 001" --json',
    )
    .action(async (options: ListOptions) => {
      context.finish(await list(context, options));
    });
  overApi(contacts.command('show'))
    .description('show one with all that it is known by')
    .argument('<contact>', NAMED)
    .addHelpText(
      'after',
      '\nExamples:\n  casewright contacts show rita@example.org\n  casewright contacts show +351210000001',
    )
    .action(async (name: string, options: ApiOptions) => {
      context.finish(await show(context, name, options));
    });
  addMerging(contacts, context);
}

function addMerging(contacts: Command, context: CommandContext): void {
  changing(contacts.command('merge'))
    .description('let contacts live on in another one; their cases that are not closed go with them')
    .argument('<into>', `the one that lives on: ${NAMED}`)
    .argument('<from...>', 'up to 20 others')
    .addHelpText(
      'after',
      '\nExample:\n  casewright contacts merge rita@example.org rita.alves@example.org +351210000001',
    )
    .action(async (into: string, from: readonly string[], options: WriteOptions) => {
      context.finish(await merge(context, into, from, options));
    });
  changing(contacts.command('unmerge'))
    .description('make one that was merged itself again')
    .argument('<contact>', `the one that it lives on in: ${NAMED}`)
    .argument('<merged>', 'id of the one that was merged, as "show" tells it')
    .addHelpText('after', `\nExample:\n  casewright contacts unmerge rita@example.org ${EXAMPLE_ID}`)
    .action(async (name: string, merged: string, options: WriteOptions) => {
      context.finish(await unmerge(context, name, merged, options));
    });
}

function list(context: CommandContext, options: ListOptions): Promise<ExitCode> {
  const { search, email, phone, external, kind, blocked, limit } = options;
  const query = new URLSearchParams({
    limit,
    ...told('q', search),
    ...told('email', email),
    ...told('phone', phone),
    ...told('external', external),
    ...told('kind', kind),
    ...(blocked === true ? { blocked: 'true' } : {}),
  });
  return withApi(context, options, (access) =>
    printList<ContactAnswer>(context, access, options, {
      path: `/v1/contacts?${query.toString()}`,
      heading: CONTACT_HEADING,
      rowOf: contactRow,
      none: 'There is none.',
    }),
  );
}

const say = (terminal: CommandContext['terminal'], contact: ContactAnswer): void => {
  contactLines(contact).forEach((line) => terminal.line(line));
};

async function show(context: CommandContext, name: string, options: ApiOptions): Promise<ExitCode> {
  const path = contactPath(name);
  if (!path.ok) {
    context.terminal.error(path.reason);
    return 2;
  }
  return request<ContactAnswer>(context, options, { method: 'GET', path: path.value, say });
}

async function merge(
  context: CommandContext,
  into: string,
  from: readonly string[],
  options: WriteOptions,
): Promise<ExitCode> {
  const names: string[] = [];
  for (const written of [into, ...from]) {
    const name = contactName(written);
    if (!name.ok) {
      context.terminal.error(name.reason);
      return 2;
    }
    names.push(name.value);
  }
  const [winner = '', ...losers] = names;
  const body = { into: winner, from: losers };
  return request<ContactAnswer>(context, options, { method: 'POST', path: '/v1/contacts/merge', body, say });
}

async function unmerge(
  context: CommandContext,
  name: string,
  merged: string,
  options: WriteOptions,
): Promise<ExitCode> {
  const path = contactPath(name);
  if (!path.ok) {
    context.terminal.error(path.reason);
    return 2;
  }
  const body = { contact_id: merged };
  return request<ContactAnswer>(context, options, { method: 'POST', path: `${path.value}/unmerge`, body, say });
}
