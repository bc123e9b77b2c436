import type { Command } from 'commander';
import type { CommandContext, ExitCode, Outcome } from '../context.js';
import { failed, succeeded } from '../context.js';
import { findInstallation } from '../installation/find-installation.js';
import { openSender, type Delivery, type SmtpServer } from '../send/send-file.js';

interface SendOptions {
  readonly to?: readonly string[];
  readonly from?: string;
  readonly server?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
The envelope comes from Return-Path or From, and from To and Cc, unless --from and --to say otherwise.

Examples:
  casewright send mail.eml
  casewright send --to support@casewright.localhost day/*.eml
  casewright send --server mail.acme.example:25 mail.eml`;

export function addSend(program: Command, context: CommandContext): void {
  program
    .command('send')
    .description('hand mails over by SMTP, as a mail server would')
    .argument('<file...>', 'mails as they were received (.eml)')
    .option('--to <address>', 'recipient; may be repeated', (to: string, others: readonly string[] = []) => [
      ...others,
      to,
    ])
    .option('--from <address>', 'sender; "" for a bounce')
    .option('--server <host:port>', 'SMTP server; the running standalone unless given')
    .option('--json', 'one JSON document per file')
    .addHelpText('after', EXAMPLES)
    .action(async (files: readonly string[], options: SendOptions) => {
      context.finish(await send(context, files, options));
    });
}

/** Sends the files; 0 when the server accepted every one of them. */
export async function send(context: CommandContext, files: readonly string[], options: SendOptions): Promise<ExitCode> {
  const server = options.server === undefined ? await ownServer(context) : serverOf(options.server);
  if (!server.ok) {
    context.terminal.error(server.reason);
    return options.server === undefined ? 1 : 2;
  }
  const sender = openSender(server.value);
  try {
    let code: ExitCode = 0;
    for (const file of files) {
      const delivery = await sender.send(file, options);
      say(context, file, delivery, options.json === true);
      if (delivery.kind === 'unreachable') {
        context.terminal.error(adviceOf(server.value, delivery.reason));
        return 1;
      }
      code = delivery.kind === 'accepted' ? code : 1;
    }
    return code;
  } finally {
    sender.close();
  }
}

function say({ terminal }: CommandContext, file: string, delivery: Delivery, json: boolean): void {
  if (json) {
    terminal.json({ file, ...delivery });
  } else if (delivery.kind === 'accepted') {
    const refused = delivery.refused.length === 0 ? '' : `; refused for ${delivery.refused.join(', ')}`;
    terminal.line(`${file}: accepted for ${delivery.accepted.join(', ')}${refused} (${delivery.reply})`);
  } else if (delivery.kind === 'refused') {
    terminal.line(`${file}: refused (${delivery.reply})`);
  } else if (delivery.kind === 'unusable') {
    terminal.line(`${file}: not sent, ${delivery.reason}`);
  }
}

function adviceOf({ host, port }: SmtpServer, reason: string): string {
  return `${host}:${port} cannot be reached (${reason}): start Casewright with "npm start", or name a server with --server.`;
}

async function ownServer(context: CommandContext): Promise<Outcome<SmtpServer>> {
  const installation = await findInstallation(context.environment);
  return installation.ok ? succeeded(installation.value.smtp) : installation;
}

/** `host:port`, `[v6]:port` or a host alone, which means port 25. */
export function serverOf(text: string): Outcome<SmtpServer> {
  const match = /^(?:\[([0-9a-f:]+)\]|([^:\s]+))(?::(\d{1,5}))?$/i.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3] ?? 25);
  return host === undefined || port < 1 || port > 65_535
    ? failed(`"${text}" is no server: write it as host:port, for example 127.0.0.1:2525.`)
    : succeeded({ host, port });
}
