import type { Command } from 'commander';
import { countOptions, type FieldOption, readFieldOptions } from '../../case-fields/read-options.js';
import { told } from '../../cases/change-case.js';
import type { CommandContext, ExitCode } from '../../context.js';
import { callApi, overApi, withApi, type ApiOptions } from '../../installation/api-access.js';
import { printList } from '../../installation/print-list.js';
import { fitted } from '../../terminal.js';

/** The part of a field that is shown. */
interface FieldAnswer {
  readonly key: string;
  readonly label: string;
  readonly type: string;
  readonly required: boolean;
  readonly active: boolean;
  readonly options: readonly FieldOption[];
}

interface WriteOptions extends ApiOptions {
  readonly label?: string;
  readonly type?: string;
  readonly description?: string;
  readonly required?: string;
  readonly active?: string;
  readonly position?: string;
  readonly option?: string[];
}

const TYPES =
  'checkbox, text, multi_line_text, numeric, decimal, date, dropdown, multi_select or dependent_field; it never changes';

export function addCaseFields(program: Command, context: CommandContext): void {
  const fields = program.command('case-fields').description('fields of the account’s own that cases have');
  overApi(fields.command('list'))
    .description('list them by position')
    .option('--limit <count>', 'at most so many, up to 100', '100')
    .addHelpText('after', '\nExamples:\n  casewright case-fields list\n  casewright case-fields list --json')
    .action(async (options: ApiOptions & { readonly limit: string }) => {
      context.finish(
        await withApi(context, options, (access) =>
          printList<FieldAnswer>(context, access, options, {
            path: `/v1/case-fields?${new URLSearchParams({ limit: options.limit }).toString()}`,
            heading: ['KEY', 'LABEL', 'TYPE', 'REQUIRED', 'ACTIVE', 'CHOICES'],
            rowOf,
            none: 'There is none.',
          }),
        ),
      );
    });
  addWriting(fields, context);
  overApi(fields.command('delete'))
    .description('delete one that no case ever had a value of; else make it inactive')
    .argument('<key>', 'its key, or its id')
    .addHelpText('after', '\nExample:\n  casewright case-fields delete model')
    .action(async (key: string, options: ApiOptions) => {
      context.finish(await request(context, options, 'DELETE', key));
    });
}

function addWriting(fields: Command, context: CommandContext): void {
  written(fields.command('create'))
    .description('add a field to cases')
    .argument('<key>', 'what cases have its value under: a-z, 0-9 and _; it never changes')
    .requiredOption('--label <text>', 'what people call it')
    .requiredOption('--type <type>', TYPES)
    .addHelpText(
      'after',
      '\nExamples:\n  casewright case-fields create order_number --label "Order number" --type text\n' +
        '  casewright case-fields create model --label Model --type dropdown --option table="Table lamp" --option floor="Floor lamp"\n' +
        '  casewright case-fields create place --label Place --type dependent_field --option home=Home --option home/hall=Hall',
    )
    .action((key: string, options: WriteOptions) => write(context, options, 'POST', key));
  written(fields.command('update'))
    .description('change a field; what is not named stays')
    .argument('<key>', 'its key, or its id')
    .option('--label <text>', 'what people call it')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright case-fields update model --required yes\n  casewright case-fields update model --active no',
    )
    .action((key: string, options: WriteOptions) => write(context, options, 'PATCH', key));
}

function written(command: Command): Command {
  return overApi(command)
    .option('--description <text>', 'what it is for')
    .option('--required <yes|no>', 'whether a case is resolved by hand only with it')
    .option('--active <yes|no>', 'whether it takes values')
    .option('--position <number>', 'order among the fields')
    .option('--option <key=Label...>', 'all of its choices, those of further levels as above/key=Label');
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['no', false],
]);

async function write(
  context: CommandContext,
  { option, required, active, position, ...options }: WriteOptions,
  method: 'POST' | 'PATCH',
  key: string,
): Promise<void> {
  const choices = option === undefined ? null : readFieldOptions(option);
  const flags = [required, active].every((flag) => flag === undefined || FLAGS.has(flag));
  if (choices?.ok === false || !flags) {
    context.terminal.error(choices?.ok === false ? choices.reason : '--required and --active take yes or no.');
    return context.finish(2);
  }
  const body = {
    ...(method === 'POST' ? { key, ...told('type', options.type) } : {}),
    ...told('label', options.label),
    ...told('description', options.description),
    ...(required === undefined ? {} : { required: FLAGS.get(required) }),
    ...(active === undefined ? {} : { active: FLAGS.get(active) }),
    ...(position === undefined ? {} : { position: Number(position) }),
    ...(choices === null ? {} : { options: choices.value }),
  };
  context.finish(await request(context, options, method, key, body));
}

async function request(
  context: CommandContext,
  options: ApiOptions,
  method: 'POST' | 'PATCH' | 'DELETE',
  key: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<ExitCode> {
  const { terminal } = context;
  return withApi(context, options, async (access) => {
    const path = method === 'POST' ? '/v1/case-fields' : `/v1/case-fields/${encodeURIComponent(nameOf(key))}`;
    const done = await callApi<FieldAnswer | undefined>(access, method, path, body === undefined ? {} : { body });
    if (!done.ok) {
      terminal.error(done.reason);
      return 1;
    }
    if (done.value === undefined) {
      terminal.line(`${key}: deleted`);
    } else if (options.json === true) {
      terminal.json(done.value);
    } else {
      terminal.line(sentenceOf(done.value));
    }
    return 0;
  });
}

/** Keys have no hyphens, ids have. */
function nameOf(key: string): string {
  return key.includes('-') || key.includes(':') ? key : `key:${key}`;
}

function rowOf({ key, label, type, required, active, options }: FieldAnswer): string[] {
  const choices = options.length === 0 ? '' : String(countOptions(options));
  return [key, fitted(label, 40), type, required ? 'yes' : '', active ? 'yes' : 'no', choices];
}

function sentenceOf({ key, label, type, required, active }: FieldAnswer): string {
  return `${key}  ${type}${required ? ', required' : ''}${active ? '' : ', inactive'}  ${fitted(label, 60)}`;
}
