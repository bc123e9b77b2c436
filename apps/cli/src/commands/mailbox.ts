import type { Command } from 'commander';
import { listMailboxStates, mailboxOverview, type MailboxOverview } from '#libs/channel-kit';
import type { CommandContext, ExitCode } from '../context.js';
import { withDatabase } from '../installation/with-database.js';
import { runCompiled } from '../run-compiled.js';
import { tableOf } from '../terminal.js';

export function addMailbox(program: Command, context: CommandContext): void {
  const mailbox = program.command('mailbox').description('look at the mailboxes that mail is fetched from');
  addList(mailbox, context);
  addTest(mailbox, context);
}

function addList(mailbox: Command, context: CommandContext): void {
  mailbox
    .command('list')
    .description('say how the fetching from each mailbox goes')
    .option('--json', 'one JSON document per mailbox')
    .addHelpText('after', '\nExamples:\n  casewright mailbox list\n  casewright mailbox list --json')
    .action(async ({ json }: { readonly json?: boolean }) => {
      context.finish(await list(context, json === true));
    });
}

/** Prints all mailboxes of the configuration; 1 when one of them fails. */
function list(context: CommandContext, json: boolean): Promise<ExitCode> {
  return withDatabase(context, async ({ installation, pool }) => {
    const { account, mailboxes } = installation.configuration;
    const overviews = mailboxOverview(mailboxes, await listMailboxStates(pool, account.id), new Date());
    if (json) {
      overviews.forEach((overview) => context.terminal.json(overview));
    } else {
      tableOf([HEADING, ...overviews.map(rowOf)]).forEach((line) => context.terminal.line(line));
      overviews.flatMap(remarksOf).forEach((line) => context.terminal.line(line));
    }
    return overviews.some(({ status }) => status === 'failing') ? 1 : 0;
  });
}

const HEADING = ['MAILBOX', 'STATUS', 'FOLDER', 'PHASE', 'IMPORTED', 'WAITING', 'MISSED', 'LAST COMPLETE'];

function rowOf({ address, status, folder, state }: MailboxOverview): string[] {
  const { importedCount = 0, backlog = 0, reconciledMissing = 0 } = state ?? {};
  const counts = folder === null ? ['', '', ''] : [importedCount, backlog, reconciledMissing].map(String);
  return [address, status, folder ?? '', state?.phase ?? '', ...counts, state?.lastSyncAt?.toISOString() ?? ''];
}

function remarksOf({ address, state, status, warnings }: MailboxOverview): string[] {
  const failure =
    status === 'failing' && state?.lastError ? [`${state.consecutiveFailures} failures: ${state.lastError}`] : [];
  return [...failure, ...warnings].map((remark) => `${address}: ${remark}`);
}

function addTest(mailbox: Command, context: CommandContext): void {
  mailbox
    .command('test')
    .description('try address, TLS, login and folder of a mailbox; changes nothing in it')
    .argument('<address>', 'a mailbox of the configuration that has imap')
    .option('--json', 'one JSON document per finding')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright mailbox test support@acme.example\n' +
        '  CASEWRIGHT_CONFIG=acme.yml casewright mailbox test support@acme.example --json',
    )
    .action(async (address: string, { json }: { readonly json?: boolean }) => {
      const words = json === true ? [address, '--json'] : [address];
      context.finish(await runCompiled(context, 'apps/email/src/mailbox/test-command.js', words));
    });
}
