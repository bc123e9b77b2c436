import { Inject, Param } from '@nestjs/common';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import {
  type AgentDetail,
  type GroupDetail,
  insertWakes,
  joinGroups,
  leaveGroups,
  listAgents,
  listGroups,
  lockAccount,
  type Queryable,
  updateAgent,
  updateGroup,
  updateMember,
} from '#libs/case-store';
import type { PoolClient } from 'pg';
import { CasesCame, refuseLeftBehind, releasesOf } from '../assignment/leaving.js';
import { managedByFile } from '../assignment/managed.js';
import { agentNamed, GROUP_ID, groupNamed, MEMBER_ID } from '../assignment/named.js';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { notFound } from '../http/problem.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { DeleteRoute, PutRoute } from '../routes/routes.js';
import { changedSince } from '../routes/versions.js';
import { untilNoCaseComes } from '../statuses/status-moves.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import { groupAnswer } from './group-answer.js';
import { MEMBER } from './group-body.js';
import { GroupResource } from './group.resource.js';

interface Pair {
  readonly group: GroupDetail;
  readonly agent: AgentDetail;
}

/** Who is a member of a group. Both groups and agents are a version newer by it. */
@ResourceController('v1/groups/:id/members', { tag: 'groups', scope: 'config:write' })
export class MembersController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Pick<LedgerDependencies, 'pool' | 'directory'>,
    @Inject(Writes) private readonly writes: Writes,
  ) {}

  @PutRoute(':agent_id', {
    operationId: 'putGroupMember',
    summary: 'Makes an agent a member, or says how much a member can take; what is not said is as it was',
    parameters: [GROUP_ID, MEMBER_ID],
    body: bodyOf(MEMBER),
    answer: GroupResource,
    isVersioned: true,
  })
  async put(
    @Param('id') groupName: string,
    @Param('agent_id') agentName: string,
    @Exchange() exchange: Exchange,
  ): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const { group, agent } = await this.lockedPair(client, exchange, groupName, agentName);
      const { capacity, position } = faultless(readBody(body.value, MEMBER));
      const before = group.members.find(({ agentId }) => agentId === agent.id);
      const member = {
        capacity: capacity === undefined ? (before?.capacity ?? null) : capacity,
        position: position ?? before?.position ?? 0,
      };
      if (before?.capacity === member.capacity && before.position === member.position) {
        return groupAnswer(client, accountId, group.id, 200);
      }
      if (before === undefined) {
        await joinGroups(client, accountId, agent.id, [group.id]);
        await updateAgent(client, accountId, agent, ['group_ids']);
      }
      await updateMember(client, accountId, { groupId: group.id, agentId: agent.id, ...member });
      await updateGroup(client, accountId, group, ['members']);
      await insertWakes(client, accountId, { agentIds: [], groupIds: [group.id] });
      return groupAnswer(client, accountId, group.id, 200);
    });
  }

  @DeleteRoute(':agent_id', {
    operationId: 'deleteGroupMember',
    summary: 'Takes an agent out of a group; the cases that she has in it are given away',
    parameters: [GROUP_ID, MEMBER_ID],
    problems: ['in-use', 'managed-by-configuration'],
  })
  async delete(
    @Param('id') groupName: string,
    @Param('agent_id') agentName: string,
    @Exchange() exchange: Exchange,
  ): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    const inputsOf = async () => {
      const { group, agent } = await pairOf(this.ledger.pool, accountId, groupName, agentName);
      const leaving = { who: 'agent', agentId: agent.id, groupId: group.id } as const;
      return (await releasesOf(this.ledger.pool, exchange.principal, leaving)).inputs;
    };
    const answerOf = async (client: PoolClient): Promise<Answer> => {
      const { group, agent } = await this.lockedPair(client, exchange, groupName, agentName);
      faultless(readBody(body.value, {}));
      const member = group.members.find(({ agentId }) => agentId === agent.id);
      if (member === undefined) {
        throw notFound('The member');
      }
      if (member.managedBy === 'file') {
        throw managedByFile('The membership', agent.place);
      }
      const isOwn = agent.defaultGroupId === group.id;
      const after = isOwn ? { ...agent, defaultGroupId: null } : agent;
      await updateAgent(client, accountId, after, isOwn ? ['group_ids', 'default_group_id'] : ['group_ids']);
      await leaveGroups(client, accountId, agent.id, [group.id]);
      await updateGroup(client, accountId, group, ['members']);
      await refuseLeftBehind(client, accountId, { who: 'agent', agentId: agent.id, groupId: group.id });
      return { status: 204, headers: {} };
    };
    try {
      return await untilNoCaseComes(() => this.writes.settled(exchange, body, { inputsOf, answerOf }), CasesCame);
    } finally {
      this.ledger.directory.invalidate(accountId);
    }
  }

  /** Both, when the request is for this version of the group. Who changes agents and groups goes one after the other. */
  private async lockedPair(
    client: PoolClient,
    exchange: Exchange,
    groupName: string,
    agentName: string,
  ): Promise<Pair> {
    const { accountId } = exchange.principal;
    await lockAccount(client, accountId);
    const pair = await pairOf(client, accountId, groupName, agentName);
    const { version, changedIn } = pair.group;
    await this.writes.checkVersion(client, exchange, {
      version,
      changedSince: (since) => changedSince(changedIn, since),
    });
    return pair;
  }
}

async function pairOf(client: Queryable, accountId: string, groupName: string, agentName: string): Promise<Pair> {
  const group = groupNamed(await listGroups(client, accountId), groupName);
  return { group, agent: agentNamed(await listAgents(client, accountId), agentName) };
}
