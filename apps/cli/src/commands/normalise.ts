import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { runCompiled } from '../run-compiled.js';

export function addNormalise(program: Command, context: CommandContext): void {
  program
    .command('normalise')
    .description('print the interaction that a mail becomes, as JSON; sends and stores nothing')
    .argument('<file>', 'a mail as it was received (.eml), or - for the standard input')
    .addHelpText('after', '\nExamples:\n  casewright normalise mail.eml\n  casewright normalise - < mail.eml')
    .action(async (file: string) => {
      context.finish(await runCompiled(context, 'apps/email/src/normalise-command.js', [file]));
    });
}
