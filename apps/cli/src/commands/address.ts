import type { Command } from 'commander';
import { casePath } from '../cases/case-path.js';
import type { CommandContext, ExitCode } from '../context.js';
import { callApi, overApi, withApi, type ApiOptions } from '../installation/api-access.js';

interface AddressOptions extends ApiOptions {
  readonly messageId?: boolean;
}

interface AddressesAnswer {
  readonly data: readonly { readonly mailbox: string; readonly address: string; readonly message_id: string }[];
}

const EXAMPLES = `
Mail to such an address finds its case whatever its headers say; so does a reply to a mail that was sent with such a
Message-ID. The mailbox that the case came through stands first.

Examples:
  casewright address CASE-12
  casewright address 12 --message-id
  CASEWRIGHT_API_KEY=cwk_… casewright address --url https://cases.acme.example CASE-12 --json`;

export function addAddress(program: Command, context: CommandContext): void {
  const command = program
    .command('address')
    .description('print the signed reply addresses of a case')
    .argument('<case>', 'CASE-12, 12, or the id of the case')
    .option('--message-id', 'also a fresh Message-ID for a mail that is sent about the case');
  overApi(command)
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, options: AddressOptions) => {
      context.finish(await address(context, name, options));
    });
}

/** Prints an address for each mailbox; 1 when there is none, 2 when the argument names no case. */
async function address(context: CommandContext, name: string, options: AddressOptions): Promise<ExitCode> {
  const { terminal } = context;
  const path = casePath(name);
  if (!path.ok) {
    terminal.error(path.reason);
    return 2;
  }
  return withApi(context, options, async (access) => {
    const found = await callApi<AddressesAnswer>(access, 'GET', `${path.value}/addresses`);
    if (!found.ok) {
      terminal.error(found.reason);
      return 1;
    }
    return show(context, found.value.data, options);
  });
}

function show({ terminal }: CommandContext, data: AddressesAnswer['data'], options: AddressOptions): ExitCode {
  if (data.length === 0) {
    terminal.error('No address can be signed: the Case API has no caseTokens.secret, or the account no mailbox.');
    return 1;
  }
  if (options.json === true) {
    data.forEach((one) => terminal.json(one));
    return 0;
  }
  for (const one of data) {
    terminal.line(one.address);
    if (options.messageId === true) {
      terminal.line(`Message-ID: ${one.message_id}`);
    }
  }
  return 0;
}
