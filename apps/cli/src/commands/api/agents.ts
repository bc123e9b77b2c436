import type { Command } from 'commander';
import { told } from '../../cases/change-case.js';
import type { CommandContext } from '../../context.js';
import { overApi, withApi, type ApiOptions } from '../../installation/api-access.js';
import { printList } from '../../installation/print-list.js';
import { agentName, groupName, releasedWords, requestTeam } from '../../teams/team-request.js';
import { fitted } from '../../terminal.js';

/** The part of an agent that is shown. */
interface AgentAnswer {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly active: boolean;
  readonly group_ids: readonly string[];
  readonly presence: readonly { readonly channel: string; readonly state: string }[];
  readonly managed_by: string;
  readonly released_cases?: number;
  readonly flagged_tasks?: number;
}

interface AddOptions extends ApiOptions {
  readonly name: string;
  readonly role?: string;
  readonly group?: string[];
  readonly skill?: string[];
}

const SKILL = /^([a-z][a-z0-9_]{0,63})=([1-9]|10)$/;

export function addAgents(program: Command, context: CommandContext): void {
  const agents = program.command('agents').description('people who are given cases');
  overApi(agents.command('list'))
    .description('list them by name')
    .option('--limit <count>', 'at most so many, up to 100', '100')
    .addHelpText('after', '\nExamples:\n  casewright agents list\n  casewright agents list --json')
    .action(async (options: ApiOptions & { readonly limit: string }) => {
      context.finish(
        await withApi(context, options, (access) =>
          printList<AgentAnswer>(context, access, options, {
            path: `/v1/agents?${new URLSearchParams({ limit: options.limit }).toString()}`,
            heading: ['ADDRESS', 'NAME', 'ROLE', 'GROUPS', 'THERE', 'MANAGED BY'],
            rowOf,
            none: 'There is none.',
          }),
        ),
      );
    });
  overApi(agents.command('add'))
    .description('make an agent')
    .argument('<address>', 'mail address of the agent')
    .requiredOption('--name <text>', 'what people call the agent')
    .option('--role <role>', 'agent or admin')
    .option('--group <name...>', 'groups that the agent is a member of, the own one first')
    .option('--skill <key=level...>', 'what the agent can do, and how well: 1 to 10')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright agents add ana@acme.example --name "Ana Silva" --group Support\n' +
        '  casewright agents add rui@acme.example --name Rui --group Support --group Sales --skill french=7',
    )
    .action((address: string, options: AddOptions) => add(context, address, options));
  addChanges(agents, context);
}

function addChanges(agents: Command, context: CommandContext): void {
  overApi(agents.command('deactivate'))
    .description('end an agent’s work: the cases are given away, and nobody is given the agent’s name again')
    .argument('<agent>', 'address or id')
    .addHelpText('after', '\nExample:\n  casewright agents deactivate ana@acme.example')
    .action(async (name: string, options: ApiOptions) => {
      const path = pathOf(name);
      const body = { active: false };
      context.finish(await requestTeam<AgentAnswer>(context, options, { method: 'PATCH', path, body, sentenceOf }));
    });
  overApi(agents.command('presence'))
    .description('say whether an agent is there: strategies give cases to those alone who are online')
    .argument('<agent>', 'address or id')
    .argument('<state>', 'online, away or offline')
    .option('--channel <channel>', 'all, email or voice', 'all')
    .addHelpText('after', '\nExample:\n  casewright agents presence ana@acme.example away --channel voice')
    .action(async (name: string, state: string, { channel, ...options }: ApiOptions & { readonly channel: string }) => {
      const path = `${pathOf(name)}/presence`;
      const body = { channel, state };
      context.finish(await requestTeam<AgentAnswer>(context, options, { method: 'PUT', path, body, sentenceOf }));
    });
}

async function add(context: CommandContext, email: string, options: AddOptions): Promise<void> {
  const skills = (options.skill ?? []).map((text) => SKILL.exec(text));
  if (skills.includes(null)) {
    context.terminal.error('--skill takes key=level, such as french=7; a level is 1 to 10.');
    return context.finish(2);
  }
  const body = {
    email,
    name: options.name,
    ...told('role', options.role),
    ...(options.group === undefined ? {} : { group_ids: options.group.map(groupName) }),
    ...(skills.length === 0 ? {} : { skills: skills.map((read) => ({ key: read?.[1], level: Number(read?.[2]) })) }),
  };
  const request = { method: 'POST', path: '/v1/agents', body, sentenceOf } as const;
  context.finish(await requestTeam<AgentAnswer>(context, options, request));
}

function pathOf(name: string): string {
  return `/v1/agents/${encodeURIComponent(agentName(name))}`;
}

function rowOf({ email, name, role, group_ids: groups, ...agent }: AgentAnswer): string[] {
  return [email, fitted(name, 40), role, String(groups.length), thereOf(agent), agent.managed_by];
}

function thereOf({ active, presence }: Pick<AgentAnswer, 'active' | 'presence'>): string {
  if (!active) {
    return 'inactive';
  }
  return presence.map(({ channel, state }) => (channel === 'all' ? state : `${channel} ${state}`)).join(', ');
}

function sentenceOf({ email, name, released_cases: released, flagged_tasks: flagged, ...agent }: AgentAnswer): string {
  const there = thereOf(agent);
  return `${email}  ${fitted(name, 60)}${there === '' ? '' : `, ${there}`}${releasedWords(released, flagged)}`;
}
