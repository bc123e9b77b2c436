import type { Command } from 'commander';
import { formSnippet } from '#libs/channel-kit';
import { httpAddress } from '#libs/runtime';
import type { CommandContext, ExitCode } from '../context.js';
import { findInstallation } from '../installation/find-installation.js';

const EXAMPLES = `
Paste what it prints into the page. Change its words and looks as you like; keep the names of its fields.

Examples:
  casewright form-snippet website > form.html
  casewright form-snippet website --url https://hooks.acme.example`;

export function addFormSnippet(program: Command, context: CommandContext): void {
  program
    .command('form-snippet')
    .description('print the HTML of a web form')
    .argument('<key>', 'of the form, as in the configuration')
    .option('--url <address>', 'as pages reach this installation, up to /forms; publicUrl of the form unless told')
    .addHelpText('after', EXAMPLES)
    .action(async (key: string, { url }: { readonly url?: string }) => {
      context.finish(await printSnippet(key, url ?? null, context));
    });
}

async function printSnippet(
  key: string,
  url: string | null,
  { environment, terminal }: CommandContext,
): Promise<ExitCode> {
  const installation = await findInstallation(environment);
  if (!installation.ok) {
    terminal.error(installation.reason);
    return 1;
  }
  const { configuration, connection } = installation.value;
  const form = configuration.forms.find((one) => one.key === key);
  if (form === undefined) {
    const keys = configuration.forms.map((one) => one.key).join(', ');
    terminal.error(`There is no form "${key}" in the configuration (forms: ${keys === '' ? 'none' : keys}).`);
    return 1;
  }
  const publicUrl = url ?? form.publicUrl ?? connection?.httpUrl ?? httpAddress(configuration.host, configuration.port);
  if (!/^https?:\/\//i.test(publicUrl) || !URL.canParse(publicUrl)) {
    terminal.error('--url must be an address with http or https.');
    return 2;
  }
  for (const line of formSnippet({ key, publicUrl }).trimEnd().split('\n')) {
    terminal.line(line);
  }
  return 0;
}
