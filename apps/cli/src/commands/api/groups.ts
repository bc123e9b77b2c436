import type { Command } from 'commander';
import { told } from '../../cases/change-case.js';
import type { CommandContext } from '../../context.js';
import { overApi, withApi, type ApiOptions } from '../../installation/api-access.js';
import { printList } from '../../installation/print-list.js';
import { agentName, groupName, releasedWords, requestTeam } from '../../teams/team-request.js';
import { fitted } from '../../terminal.js';

/** The part of a group that is shown. */
interface GroupAnswer {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly strategy: string;
  readonly capacity_per_agent: number | null;
  readonly members: readonly unknown[];
  readonly managed_by: string;
  readonly released_cases?: number;
  readonly flagged_tasks?: number;
}

interface AddOptions extends ApiOptions {
  readonly strategy?: string;
  readonly capacity?: string;
}

interface MemberOptions extends ApiOptions {
  readonly capacity?: string;
  readonly remove?: boolean;
}

const STRATEGIES = 'manual, round_robin, least_open, least_open_pct or skills';

export function addGroups(program: Command, context: CommandContext): void {
  const groups = program.command('groups').description('teams that cases belong to');
  overApi(groups.command('list'))
    .description('list them by name')
    .option('--limit <count>', 'at most so many, up to 100', '100')
    .addHelpText('after', '\nExamples:\n  casewright groups list\n  casewright groups list --json')
    .action(async (options: ApiOptions & { readonly limit: string }) => {
      context.finish(
        await withApi(context, options, (access) =>
          printList<GroupAnswer>(context, access, options, {
            path: `/v1/groups?${new URLSearchParams({ limit: options.limit }).toString()}`,
            heading: ['NAME', 'STRATEGY', 'CAPACITY', 'MEMBERS', 'ACTIVE', 'MANAGED BY'],
            rowOf,
            none: 'There is none.',
          }),
        ),
      );
    });
  overApi(groups.command('add'))
    .description('make a group')
    .argument('<name>', 'what it is called')
    .option('--strategy <strategy>', STRATEGIES)
    .option('--capacity <count>', 'open cases that one agent may have before no strategy gives more')
    .addHelpText('after', '\nExample:\n  casewright groups add "Second line" --strategy round_robin --capacity 10')
    .action(async (name: string, { strategy, capacity, ...options }: AddOptions) => {
      const limit = capacity === undefined ? {} : { capacity_per_agent: Number(capacity) };
      const body = { name, ...told('strategy', strategy), ...limit };
      const request = { method: 'POST', path: '/v1/groups', body, sentenceOf } as const;
      context.finish(await requestTeam<GroupAnswer>(context, options, request));
    });
  addChanges(groups, context);
}

function addChanges(groups: Command, context: CommandContext): void {
  overApi(groups.command('deactivate'))
    .description('use a group no more: another one takes over its cases and addresses')
    .argument('<group>', 'name or id')
    .option('--replacement <group>', 'name or id of the one that takes over')
    .addHelpText('after', '\nExample:\n  casewright groups deactivate Sales --replacement Support')
    .action(async (name: string, { replacement, ...options }: ApiOptions & { readonly replacement?: string }) => {
      const takesOver = replacement === undefined ? {} : { replacement_group_id: groupName(replacement) };
      const body = { active: false, ...takesOver };
      const request = { method: 'PATCH', path: pathOf(name), body, sentenceOf } as const;
      context.finish(await requestTeam<GroupAnswer>(context, options, request));
    });
  overApi(groups.command('member'))
    .description('make an agent a member, say how much a member can take, or take one out')
    .argument('<group>', 'name or id')
    .argument('<agent>', 'address or id')
    .option('--capacity <count>', 'open cases, instead of the group’s')
    .option('--remove', 'take the agent out; the cases in the group are given away')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright groups member Support ana@acme.example --capacity 5\n' +
        '  casewright groups member Support ana@acme.example --remove',
    )
    .action(async (group: string, agent: string, { capacity, remove, ...options }: MemberOptions) => {
      const path = `${pathOf(group)}/members/${encodeURIComponent(agentName(agent))}`;
      const body = capacity === undefined ? {} : { capacity: Number(capacity) };
      const request =
        remove === true ? ({ method: 'DELETE', path } as const) : ({ method: 'PUT', path, body } as const);
      const done = `${agent}: no member any more`;
      context.finish(await requestTeam<GroupAnswer>(context, options, { ...request, sentenceOf, done }));
    });
}

function pathOf(name: string): string {
  return `/v1/groups/${encodeURIComponent(groupName(name))}`;
}

function rowOf(group: GroupAnswer): string[] {
  const { name, strategy, capacity_per_agent: capacity, members, active } = group;
  const limit = capacity === null ? '' : String(capacity);
  return [fitted(name, 40), strategy, limit, String(members.length), active ? 'yes' : 'no', group.managed_by];
}

function sentenceOf(group: GroupAnswer): string {
  const { name, strategy, members, active } = group;
  const state = `${strategy}, ${members.length} members${active ? '' : ', inactive'}`;
  return `${fitted(name, 60)}  ${state}${releasedWords(group.released_cases, group.flagged_tasks)}`;
}
