import type { Command } from 'commander';
import { clientNameOf } from '#libs/case-domain';
import { createClient, listClients, revokeClient, rotateKey } from '#libs/case-store';
import { transaction } from '#libs/postgres';
import { clientNamed, readAgents, readScopes } from '../clients/read-client-options.js';
import { documentOf, rowOf, sentenceOf } from '../clients/show-client.js';
import type { CommandContext, ExitCode } from '../context.js';
import { withDatabase } from '../installation/with-database.js';
import { tableOf } from '../terminal.js';

interface Json {
  readonly json?: boolean;
}

interface CreateOptions extends Json {
  readonly scopes: string;
  readonly agents: string;
}

const GREATEST_LIST = 1000;

export function addClients(program: Command, context: CommandContext): void {
  const clients = program.command('clients').description('programs that use the Case API, and their keys');
  clients
    .command('create')
    .description('make one and print its key, which can never be read again')
    .argument('<name>', 'what it is called, such as the program that uses it')
    .requiredOption('--scopes <scopes>', 'what it may do, separated by commas')
    .option('--agents <agents>', 'whom it may act for with the scope impersonate: addresses, ids, or all', 'all')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright clients create shop --scopes cases:read,cases:write\n' +
        '  casewright clients create desk --scopes cases:write,impersonate --agents ana@acme.example --json',
    )
    .action(async (name: string, options: CreateOptions) => {
      context.finish(await create(context, name, options));
    });
  clients
    .command('list')
    .description('list them by name')
    .option('--json', 'one JSON document per client')
    .addHelpText('after', '\nExamples:\n  casewright clients list\n  casewright clients list --json')
    .action(async ({ json }: Json) => {
      context.finish(await list(context, json === true));
    });
  addEndings(clients, context);
}

function addEndings(clients: Command, context: CommandContext): void {
  clients
    .command('rotate')
    .description('print a new key; the one before works for 24 hours more')
    .argument('<client>', 'its name or id')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  casewright clients rotate shop\n  casewright clients rotate shop --json')
    .action(async (name: string, options: Json) => {
      context.finish(await rotate(context, name, options));
    });
  clients
    .command('revoke')
    .description('end it and its keys at once, for good; its name stays taken')
    .argument('<client>', 'its name or id')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  casewright clients revoke shop')
    .action(async (name: string, options: Json) => {
      context.finish(await revoke(context, name, options));
    });
}

async function create(context: CommandContext, written: string, options: CreateOptions): Promise<ExitCode> {
  const { terminal } = context;
  const scopes = readScopes(options.scopes);
  const name = clientNameOf(written);
  if (!scopes.ok || name === null) {
    terminal.error(scopes.ok ? 'That is no name: write one line of 1 to 100 characters.' : scopes.reason);
    return 2;
  }
  return withDatabase(context, async ({ installation, pool }) => {
    const accountId = installation.configuration.account.id;
    const agents = await readAgents(pool, accountId, options.agents);
    if (!agents.ok) {
      terminal.error(agents.reason);
      return 1;
    }
    const wanted = { accountId, name, scopes: scopes.value, allowedAgents: agents.value };
    const outcome = await transaction(pool, (client) => createClient(client, wanted));
    if (outcome.kind !== 'done') {
      terminal.error(sentenceOf(outcome, name));
      return 1;
    }
    return showKey(context, outcome, options);
  });
}

type Made = Extract<Awaited<ReturnType<typeof createClient>>, { kind: 'done' }>;

function showKey({ terminal }: CommandContext, { client, key }: Made, { json }: Json): ExitCode {
  if (json === true) {
    terminal.json({ ...documentOf(client), key });
    return 0;
  }
  terminal.line(key);
  terminal.line(`This is the key of ${client.name}. Keep it now: it is shown this once.`);
  const [older] = client.keys.flatMap(({ expiresAt }) => expiresAt ?? []);
  if (older !== undefined) {
    terminal.line(`The one before works until ${older.toISOString()}.`);
  }
  return 0;
}

function list({ terminal, ...rest }: CommandContext, json: boolean): Promise<ExitCode> {
  return withDatabase({ terminal, ...rest }, async ({ installation, pool }) => {
    const accountId = installation.configuration.account.id;
    const clients = await listClients(pool, accountId, { limit: GREATEST_LIST, afterName: null });
    if (json) {
      clients.forEach((client) => terminal.json(documentOf(client)));
      return 0;
    }
    if (clients.length === 0) {
      terminal.line('There is none: "casewright clients create" makes one.');
      return 0;
    }
    const heading = ['NAME', 'STATE', 'SCOPES', 'ACTS FOR', 'KEYS', 'LAST USED', 'DECLARED BY', 'ID'];
    tableOf([heading, ...clients.map(rowOf)]).forEach((line) => terminal.line(line));
    return 0;
  });
}

function rotate(context: CommandContext, name: string, options: Json): Promise<ExitCode> {
  return withDatabase(context, async ({ installation, pool }) => {
    const { id } = installation.configuration.account;
    const outcome = await transaction(pool, (client) => rotateKey(client, id, clientNamed(name)));
    if (outcome.kind !== 'done') {
      context.terminal.error(sentenceOf(outcome, name));
      return 1;
    }
    return showKey(context, outcome, options);
  });
}

function revoke(context: CommandContext, name: string, { json }: Json): Promise<ExitCode> {
  const { terminal } = context;
  return withDatabase(context, async ({ installation, pool }) => {
    const { id } = installation.configuration.account;
    const outcome = await transaction(pool, (client) => revokeClient(client, id, clientNamed(name)));
    if (outcome.kind !== 'done') {
      terminal.error(sentenceOf(outcome, name));
      return 1;
    }
    if (json === true) {
      terminal.json(documentOf(outcome.client));
    } else {
      terminal.line(`${outcome.client.name}: ${outcome.client.state}`);
    }
    return 0;
  });
}
