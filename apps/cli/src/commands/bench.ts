import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { runCompiled } from '../run-compiled.js';

export function addBench(program: Command, context: CommandContext): void {
  program
    .command('bench')
    .description('measure how fast this machine takes in mail and builds cases')
    .argument('[options...]', 'passed on to the measurement; "bench -- --help" lists them')
    .allowUnknownOption()
    .addHelpText('after', '\nExamples:\n  casewright bench\n  casewright bench -- --help')
    .action(async (options: readonly string[]) => {
      context.finish(await runCompiled(context, 'test/bench/main.js', options));
    });
}
