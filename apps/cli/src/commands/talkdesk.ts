import type { Command } from 'commander';
import { talkdeskContactTemplate } from '#libs/directories';
import { talkdeskTemplate } from '#libs/telephony';
import type { CommandContext } from '../context.js';
import { printableJson } from '../terminal.js';

const EXAMPLES = `
In Talkdesk: Automations, an action of type "HTTP request" for each of the triggers, method POST, and this as its body. With a
second secret the body proves itself too; it is "bodySecret" of the connection.

Examples:
  casewright talkdesk template
  TALKDESK_BODY_SECRET=… casewright talkdesk template > template.json
  casewright talkdesk template --contacts`;

export function addTalkdesk(program: Command, context: CommandContext): void {
  const talkdesk = program.command('talkdesk').description('what Talkdesk has to be told');
  talkdesk
    .command('template')
    .description('print the body of a trigger as we read it, to be pasted into Talkdesk')
    .option('--contacts', 'of the triggers of contacts, not of those of calls')
    .option('--body-secret <secret>', 'a constant of the template; better in TALKDESK_BODY_SECRET')
    .addHelpText('after', EXAMPLES)
    .action(({ bodySecret, contacts = false }: { readonly bodySecret?: string; readonly contacts?: boolean }) => {
      const secret = bodySecret ?? context.environment['TALKDESK_BODY_SECRET'] ?? null;
      const template = contacts ? talkdeskContactTemplate(secret) : talkdeskTemplate(secret);
      for (const line of printableJson(template, 2).split('\n')) {
        context.terminal.line(line);
      }
    });
}
