import type { Command } from 'commander';
import { CallBarTokens } from '#libs/channel-kit';
import type { CommandContext, ExitCode } from '../context.js';
import { findInstallation } from '../installation/find-installation.js';

const ORDINARY_SECONDS = 3600;

export function addCallBar(program: Command, context: CommandContext): void {
  program
    .command('callbar')
    .description('try the call bar')
    .command('token')
    .description('print a token for the call bar of an agent, signed with callbar.secret')
    .argument('<agent>', 'email or id of the agent')
    .option('--seconds <number>', 'how long it lasts', String(ORDINARY_SECONDS))
    .addHelpText('after', '\nExample:\n  casewright callbar token ana@acme.example')
    .action(async (agent: string, { seconds }: { readonly seconds: string }) => {
      context.finish(await printToken(agent, Number(seconds), context));
    });
}

async function printToken(agent: string, seconds: number, context: CommandContext): Promise<ExitCode> {
  const installation = await findInstallation(context.environment);
  if (!installation.ok) {
    context.terminal.error(installation.reason);
    return 1;
  }
  const { callbar } = installation.value.configuration;
  const longest = callbar.maxTokenHours * 3600;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > longest) {
    context.terminal.error(`--seconds must be a whole number from 1 to ${longest}.`);
    return 2;
  }
  const issued = await new CallBarTokens(callbar).issue(agent.toLowerCase(), seconds);
  if (issued === null) {
    context.terminal.error('No token can be made here: the configuration has no callbar.secret.');
    return 1;
  }
  context.terminal.line(issued.token);
  return 0;
}
