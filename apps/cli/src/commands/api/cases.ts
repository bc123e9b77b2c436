import type { Command } from 'commander';
import { CASE_HEADING, type CaseAnswer, caseRow, oneLine, showCase } from '../../cases/case-answer.js';
import { addLinking } from '../../cases/case-links.js';
import { casePath } from '../../cases/case-path.js';
import { type Body, change, changing, type Say, sayLine, told, type WriteOptions } from '../../cases/change-case.js';
import type { CommandContext, ExitCode } from '../../context.js';
import { callApi, overApi, withApi, type ApiAccess, type ApiOptions } from '../../installation/api-access.js';
import { printList } from '../../installation/print-list.js';

interface ListOptions extends ApiOptions {
  readonly status?: string;
  readonly search?: string;
  readonly unassigned?: boolean;
  readonly limit: string;
  readonly sort: string;
}

interface CreateOptions extends WriteOptions {
  readonly subject: string;
  readonly description?: string;
  readonly requester?: string;
  readonly group?: string;
  readonly assignee?: string;
  readonly priority?: string;
  readonly type?: string;
  readonly due?: string;
  readonly tag?: string[];
}

const EXAMPLES = `
A case is named as CASE-12, 12, or by its id. People and groups are named as the API names them: email:ana@acme.example,
name:Support, or by their ids.

Examples:
  casewright cases list --status new,open
  casewright cases create --subject "My lamp is broken" --requester email:rita@example.org
  casewright cases assign CASE-12 email:ana@acme.example
  casewright cases comment CASE-12 "A new one is on its way." --public --as agent:email:ana@acme.example
  casewright cases resolve CASE-12 "Sent a new lamp."
  casewright cases hold CASE-12 --reason "Court order 4711/26"`;

export function addCases(program: Command, context: CommandContext): void {
  const cases = program.command('cases').description('read and change cases').addHelpText('after', EXAMPLES);
  addReading(cases, context);
  addCreating(cases, context);
  addChanging(cases, context);
  addMerging(cases, context);
  addHolding(cases, context);
  addLinking(cases, context);
}

function addReading(cases: Command, context: CommandContext): void {
  overApi(cases.command('list'))
    .description('list cases, newest first unless told')
    .option('--status <status>', 'only these: new, open, pending, on_hold, resolved, closed; several by commas')
    .option('--search <text>', 'only those that have these words, or this number')
    .option('--unassigned', 'only those that nobody has')
    .option('--sort <order>', '-created_at, created_at, updated_at, -updated_at or due_at', '-created_at')
    .option('--limit <count>', 'at most so many, up to 100', '50')
    .action(async (options: ListOptions) => {
      context.finish(await withApi(context, options, (access) => list(context, access, options)));
    });
  overApi(cases.command('show'))
    .description('show one case')
    .argument('<case>', 'CASE-12, 12, or its id')
    .action(async (name: string, options: ApiOptions) => {
      context.finish(await change(context, options, { method: 'GET', name, say: showCase }));
    });
}

function addCreating(cases: Command, context: CommandContext): void {
  changing(cases.command('create'))
    .description('open a case')
    .requiredOption('--subject <text>', 'up to 150 characters')
    .option('--description <text>', 'what it is about')
    .option(
      '--requester <who>',
      'email:rita@example.org, phone:+351…, external:hubspot:12, or the id of a contact; else the agent of --as',
    )
    .option('--group <group>', 'name:Support, or its id')
    .option('--assignee <agent>', 'email:ana@acme.example, her id, or "nobody"')
    .option('--priority <priority>', 'low, normal, high or urgent')
    .option('--type <type>', 'question, incident, problem or task')
    .option('--due <date>', 'YYYY-MM-DD, for tasks')
    .option('--tag <tag...>', 'one or more')
    .action(async (options: CreateOptions) => {
      context.finish(await withApi(context, options, (access) => create(context, access, options)));
    });
}

/** Commands of which the case and a body are all that there is to say. */
function addChanging(cases: Command, context: CommandContext): void {
  const command = (words: string, description: string) => changing(cases.command(words)).description(description);
  const run = async (options: WriteOptions, name: string, verb: string, body: Body): Promise<void> =>
    context.finish(await change(context, options, { method: 'POST', name, verb, body, say: sayLine }));

  command('assign <case> [agent]', 'give a case to an agent, or with --auto to whom its group’s strategy chooses')
    .option('--auto', 'by the strategy of the group')
    .option('--group <group>', 'and move it to this group')
    .action(async (name: string, agent: string | undefined, options: WriteOptions & AssignOptions) => {
      if ((agent === undefined) === (options.auto !== true)) {
        context.terminal.error('Name an agent, or give --auto, and not both.');
        return context.finish(2);
      }
      const body = options.auto === true ? { auto: true } : { assignee_id: agent };
      return run(options, name, 'assign', { ...body, ...told('group_id', options.group) });
    });
  command('unassign <case>', 'take a case from its assignee').action((name: string, options: WriteOptions) =>
    run(options, name, 'unassign', {}),
  );
  command('resolve <case> <resolution>', 'resolve a case').action(
    (name: string, resolution: string, options: WriteOptions) => run(options, name, 'resolve', { resolution }),
  );
  command('reopen <case>', 'take a resolved case up again').action((name: string, options: WriteOptions) =>
    run(options, name, 'reopen', {}),
  );
  command('restore <case>', 'take a case out of the trash').action((name: string, options: WriteOptions) =>
    run(options, name, 'restore', {}),
  );
  command('comment <case> <text>', 'write a note for colleagues, or with --public to the requester')
    .option('--public', 'the requester sees it')
    .action(async (name: string, text: string, options: WriteOptions & { readonly public?: boolean }) => {
      const body = { body_text: text, public: options.public === true };
      const say: Say = (terminal, one) => terminal.line(`${name}: ${one.id}`);
      context.finish(await change(context, options, { method: 'POST', name, verb: 'comments', body, say }));
    });
  command('delete <case>', 'put a case into the trash').action(async (name: string, options: WriteOptions) => {
    const say: Say = (terminal) => terminal.line(`${name}: in the trash`);
    context.finish(await change(context, options, { method: 'DELETE', name, say }));
  });
}

interface MergeOptions {
  readonly crossRequester?: true;
  readonly addParticipants?: true;
}

function addMerging(cases: Command, context: CommandContext): void {
  changing(cases.command('merge <main> <source...>'))
    .description('let other cases end in this one')
    .option('--cross-requester', 'also those of other requesters')
    .option('--add-participants', 'their people take part here')
    .action(async (name: string, named: readonly string[], options: WriteOptions & MergeOptions) => {
      const flags = { confirm_cross_requester: options.crossRequester, add_participants: options.addParticipants };
      const sources = named.map(casePath);
      const wrong = sources.find((source) => !source.ok);
      if (wrong?.ok === false) {
        context.terminal.error(wrong.reason);
        return context.finish(2);
      }
      const ids = sources.flatMap((source) => (source.ok ? [source.value.replace('/v1/cases/', '')] : []));
      const body = { source_ids: ids, ...flags };
      context.finish(await change(context, options, { method: 'POST', name, verb: 'merge', body, say: sayLine }));
    });
}

/** Closed cases and those in the trash too. */
function addHolding(cases: Command, context: CommandContext): void {
  const holding = (words: string, description: string, on: boolean) =>
    changing(cases.command(words))
      .description(description)
      .requiredOption('--reason <text>', 'why; it stays in the history of the case')
      .addHelpText('after', `\nExample:\n  casewright cases ${words.replace('<case>', 'CASE-12')} --reason "…"`)
      .action(async (name: string, options: WriteOptions & { readonly reason: string }) => {
        const body = { on, reason: options.reason };
        const say: Say = (terminal, one) => terminal.line(`CASE-${one.number}  ${on ? 'on hold' : 'no hold any more'}`);
        context.finish(await change(context, options, { method: 'POST', name, verb: 'legal-hold', body, say }));
      });
  holding('hold <case>', 'keep a case whatever else says that it may go: no trash, no purge, no retention', true);
  holding('release <case>', 'end the hold of a case', false);
}

interface AssignOptions {
  readonly auto?: boolean;
  readonly group?: string;
}

function list(context: CommandContext, access: ApiAccess, options: ListOptions): Promise<ExitCode> {
  const query = new URLSearchParams({
    limit: options.limit,
    sort: options.sort,
    ...told('status', options.status),
    ...told('q', options.search),
    ...(options.unassigned === true ? { unassigned: 'true' } : {}),
  });
  return printList<CaseAnswer>(context, access, options, {
    path: `/v1/cases?${query.toString()}`,
    heading: CASE_HEADING,
    rowOf: caseRow,
    none: 'There is none.',
  });
}

async function create({ terminal }: CommandContext, access: ApiAccess, options: CreateOptions): Promise<ExitCode> {
  const body = {
    subject: options.subject,
    ...told('description', options.description),
    ...(options.requester === undefined ? {} : { requester: requesterNamed(options.requester) }),
    ...told('group_id', options.group),
    ...(options.assignee === 'nobody' ? { assignee_id: null } : told('assignee_id', options.assignee)),
    ...told('priority', options.priority),
    ...told('type', options.type),
    ...told('due_on', options.due),
    ...(options.tag === undefined ? {} : { tags: options.tag }),
  };
  const made = await callApi<CaseAnswer>(access, 'POST', '/v1/cases', { body, onBehalfOf: options.as });
  if (!made.ok) {
    terminal.error(made.reason);
    return 1;
  }
  if (options.json === true) {
    terminal.json(made.value);
  } else {
    terminal.line(oneLine(made.value));
  }
  return 0;
}

/** `email:…` and `phone:…` may be somebody whom nobody knows yet; anything else is known, by a system or by an id. */
function requesterNamed(name: string): Body {
  const [, integration, externalId] = /^external:([^:]+):(.+)$/s.exec(name) ?? [];
  if (integration !== undefined) {
    return { integration, external_id: externalId };
  }
  const [, kind = '', value = ''] = /^(email|phone):(.*)$/s.exec(name) ?? [];
  return kind === '' ? { contact_id: name } : { [kind]: value };
}
