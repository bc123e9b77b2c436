import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { runCompiled } from '../run-compiled.js';

export function addMailbox(program: Command, context: CommandContext): void {
  const mailbox = program.command('mailbox').description('look at the mailboxes that mail is fetched from');
  addTest(mailbox, context);
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
