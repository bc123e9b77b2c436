import type { AgentCalled, GroupCalled } from '#libs/case-domain';
import type { AgentDetail, GroupDetail } from '#libs/case-store';
import type { ApiParamOptions } from '@nestjs/swagger';
import type { Fault } from '../body/place.js';
import { readAgentCalled, readGroupCalled } from '../cases/write/read-called.js';
import { notFound } from '../http/problem.js';

const TEXT = { type: 'string' } as const;
export const AGENT_ID: ApiParamOptions = {
  name: 'id',
  description: 'Id, or the address as `email:ana@acme.example`.',
  schema: TEXT,
};
export const GROUP_ID: ApiParamOptions = {
  name: 'id',
  description: 'Id, or the name as `name:Support`.',
  schema: TEXT,
};
export const MEMBER_ID: ApiParamOptions = { ...AGENT_ID, name: 'agent_id' };

type Named<One> = One | undefined;

function agentCalled(agents: readonly AgentDetail[], { by, value }: AgentCalled): Named<AgentDetail> {
  return agents.find((one) => (by === 'id' ? one.id === value : one.email === value));
}

export function groupCalled(groups: readonly GroupDetail[], { by, value }: GroupCalled): Named<GroupDetail> {
  return groups.find((one) => (by === 'id' ? one.id === value : one.name === value));
}

/** The agent of a path. Throws 404 when the account has none of that name. */
export function agentNamed(agents: readonly AgentDetail[], name: string): AgentDetail {
  const called = readAgentCalled(name);
  const found = 'by' in called ? agentCalled(agents, called) : undefined;
  if (found === undefined) {
    throw notFound('The agent');
  }
  return found;
}

/** The group of a path. Throws 404 when the account has none of that name. */
export function groupNamed(groups: readonly GroupDetail[], name: string): GroupDetail {
  const called = readGroupCalled(name);
  const found = 'by' in called ? groupCalled(groups, called) : undefined;
  if (found === undefined) {
    throw notFound('The group');
  }
  return found;
}

/** Id of an active group that a field names; undefined where the account has none, which is among the faults then. */
export function groupIdIn(
  groups: readonly GroupDetail[],
  called: GroupCalled,
  pointer: string,
  faults: Fault[],
): string | undefined {
  const found = groupCalled(groups, called);
  if (found?.active !== true) {
    faults.push({ pointer, code: 'unknown-group', detail: 'The account has no such active group.' });
    return undefined;
  }
  return found.id;
}
