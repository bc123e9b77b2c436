import type { Command } from 'commander';
import { isUuid } from '#libs/interaction';
import { type Body, changing, request, type WriteOptions } from '../../cases/change-case.js';
import { casePath } from '../../cases/case-path.js';
import type { CommandContext, ExitCode } from '../../context.js';
import { fitted } from '../../terminal.js';

/** The part of an interaction that is shown. */
interface InteractionAnswer {
  readonly id: string;
  readonly content: { readonly subject: string };
  readonly case: { readonly number: number } | null;
  readonly redacted_at: string | null;
}

interface MoveOptions extends WriteOptions {
  readonly thread: boolean;
}

const EXAMPLES = `
A case is named as CASE-12, 12, or by its id.

Examples:
  casewright interactions move 6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10 CASE-12
  casewright interactions move 6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10 none
  casewright interactions redact 6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10 "It held a password."`;

export function addInteractions(program: Command, context: CommandContext): void {
  const interactions = program
    .command('interactions')
    .description('change what became of mails and calls')
    .addHelpText('after', EXAMPLES);
  changing(interactions.command('move <interaction> <case>'))
    .description('move an interaction to another case, or off its case with "none"')
    .option('--no-thread', 'later replies to it go on coming to where it was')
    .action(async (id: string, name: string, options: MoveOptions) => {
      context.finish(await move(context, id, name, options));
    });
  changing(interactions.command('redact <interaction> <reason>'))
    .description('take away for good what an interaction said')
    .action(async (id: string, reason: string, options: WriteOptions) => {
      context.finish(await give(context, { id, verb: 'redact', body: { reason } }, options));
    });
}

async function move(context: CommandContext, id: string, name: string, options: MoveOptions): Promise<ExitCode> {
  const { thread } = options;
  if (name === 'none') {
    return give(context, { id, verb: 'move', body: { case_id: null, thread } }, options);
  }
  const path = casePath(name);
  if (!path.ok) {
    context.terminal.error(path.reason);
    return 2;
  }
  return give(context, { id, verb: 'move', body: { case_id: path.value.replace('/v1/cases/', ''), thread } }, options);
}

interface Given {
  readonly id: string;
  readonly verb: string;
  readonly body: Body;
}

async function give(context: CommandContext, { id, verb, body }: Given, options: WriteOptions): Promise<ExitCode> {
  const { terminal } = context;
  if (!isUuid(id)) {
    terminal.error(`"${id}" is no interaction id: it is a UUID, as the Case API and the topics show it.`);
    return 2;
  }
  const path = `/v1/interactions/${id.toLowerCase()}/${verb}`;
  return request<InteractionAnswer>(context, options, { method: 'POST', path, body, say });
}

function say(terminal: CommandContext['terminal'], answer: InteractionAnswer): void {
  const { case: found, content, redacted_at: redactedAt } = answer;
  const said = redactedAt === null ? fitted(content.subject, 60) : `redacted ${redactedAt}`;
  terminal.line(`${found === null ? 'no case' : `CASE-${found.number}`}  ${said}`);
}
