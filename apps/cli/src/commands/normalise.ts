import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { runCompiled } from '../run-compiled.js';

export function addNormalise(program: Command, context: CommandContext): void {
  program
    .command('normalise')
    .description('print the interaction that a mail becomes, as JSON; sends and stores nothing')
    .argument('<files...>', 'mails as they were received (.eml), folders of them, or - for the standard input')
    .addHelpText(
      'after',
      '\nOne mail is printed as indented JSON; several are printed one line each: {"file": …, "interactions": […]}.\n' +
        '\nExamples:\n  casewright normalise mail.eml\n  casewright normalise - < mail.eml\n  casewright normalise mails/',
    )
    .action(async (files: string[]) => {
      context.finish(await runCompiled(context, 'apps/email/src/normalise-command.js', files));
    });
}
