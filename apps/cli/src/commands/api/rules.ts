import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { type CommandContext, type ExitCode, failed, messageOf, type Outcome, succeeded } from '../../context.js';
import { type ApiAccess, type ApiOptions, callApi, overApi, withApi } from '../../installation/api-access.js';
import { printList } from '../../installation/print-list.js';
import { trialLines, type TrialAnswer } from '../../rules/trial-lines.js';
import { fitted } from '../../terminal.js';

/** The part of a rule that is shown. */
interface RuleAnswer {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly active: boolean;
  readonly match: string;
  readonly conditions: readonly unknown[];
  readonly actions: readonly Readonly<Record<string, unknown>>[];
  readonly stop: boolean;
  readonly broken_because: string | null;
  readonly managed_by: string;
}

interface TestOptions extends ApiOptions {
  readonly rule?: string;
  readonly id?: string;
  readonly since?: string;
  readonly interaction?: string;
  readonly limit?: string;
}

export function addRules(program: Command, context: CommandContext): void {
  const rules = program.command('rules').description('assignment rules: where cases go when they begin');
  overApi(rules.command('list'))
    .description('list them in their order')
    .option('--limit <count>', 'at most so many, up to 100', '100')
    .addHelpText('after', '\nExamples:\n  casewright rules list\n  casewright rules list --json')
    .action(async (options: ApiOptions & { readonly limit: string }) => {
      context.finish(
        await withApi(context, options, (access) =>
          printList<RuleAnswer>(context, access, options, {
            path: `/v1/assignment-rules?${new URLSearchParams({ limit: options.limit }).toString()}`,
            heading: ['POSITION', 'NAME', 'STATE', 'CONDITIONS', 'ACTIONS', 'STOPS', 'DECLARED BY', 'ID'],
            rowOf,
            none: 'There is none.',
          }),
        ),
      );
    });
  overApi(rules.command('test'))
    .description('say what rules would have made of cases that were opened; writes nothing')
    .option('--rule <file>', 'a rule that is not stored, JSON or YAML as the API takes it, beside the active ones')
    .option('--id <id>', 'a stored rule, active or not, beside the active ones')
    .option('--since <time>', 'none that opened its case before, such as 2026-03-02 or 7d')
    .option('--interaction <id>', 'one interaction, with every rule that was looked at')
    .option('--limit <count>', 'at most so many, the newest first; up to 500')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright rules test --since 7d\n  casewright rules test --rule vip.yml --limit 500\n' +
        '  casewright rules test --interaction 6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10',
    )
    .action(async (options: TestOptions) => {
      context.finish(await test(context, options));
    });
}

function rowOf(rule: RuleAnswer): string[] {
  const state = rule.broken_because === null ? (rule.active ? 'on' : 'off') : `broken: ${rule.broken_because}`;
  const actions = rule.actions.flatMap((action) => Object.keys(action)).join(' ');
  const conditions = rule.conditions.length === 0 ? 'always' : `${rule.match} of ${rule.conditions.length}`;
  const stops = rule.stop ? 'yes' : '';
  return [String(rule.position), fitted(rule.name, 40), state, conditions, actions, stops, rule.managed_by, rule.id];
}

async function test(context: CommandContext, options: TestOptions): Promise<ExitCode> {
  const since = options.since === undefined ? succeeded(undefined) : readSince(options.since, new Date());
  const rule = options.rule === undefined ? succeeded(undefined) : await readRuleFile(options.rule);
  if (!since.ok || !rule.ok) {
    context.terminal.error(since.ok ? (rule.ok ? '' : rule.reason) : since.reason);
    return 2;
  }
  const body = {
    ...(rule.value === undefined ? {} : { rule: rule.value }),
    ...(options.id === undefined ? {} : { rule_id: options.id }),
    ...(options.interaction === undefined ? {} : { interaction_id: options.interaction }),
    ...(since.value === undefined ? {} : { since: since.value }),
    ...(options.limit === undefined ? {} : { limit: Number(options.limit) }),
  };
  return withApi(context, options, (access) => tryOut(context, access, options, body));
}

async function tryOut(
  { terminal }: CommandContext,
  access: ApiAccess,
  { json }: ApiOptions,
  body: Readonly<Record<string, unknown>>,
): Promise<ExitCode> {
  const done = await callApi<TrialAnswer>(access, 'POST', '/v1/assignment-rules/dry-run', { body });
  if (!done.ok) {
    terminal.error(done.reason);
    return 1;
  }
  if (json === true) {
    terminal.json(done.value);
  } else {
    trialLines(done.value).forEach((line) => terminal.line(line));
  }
  return 0;
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function readSince(text: string, now: Date): Outcome<string> {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const at = count === undefined ? Date.parse(text) : now.getTime() - Number(count) * (UNITS[unit] ?? 0);
  return Number.isNaN(at)
    ? failed(`"${text}" is no time: write it as 2026-03-02, 2026-03-02T09:00:00Z, or 7d for the last seven days.`)
    : succeeded(new Date(at).toISOString());
}

/** More is no rule. */
const MOST_BYTES = 100_000;

async function readRuleFile(path: string): Promise<Outcome<unknown>> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > MOST_BYTES) {
      return failed(`${path} is too long for a rule.`);
    }
    return succeeded(parse(text, { maxAliasCount: 0 }) as unknown);
  } catch (error) {
    return failed(`${path} cannot be read as a rule: ${messageOf(error)}.`);
  }
}
