import { Inject, Param, Query } from '@nestjs/common';
import type { Leaving } from '#libs/case-domain';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import {
  type AgentDetail,
  insertAgent,
  insertWakes,
  breakAssignmentRules,
  joinGroups,
  leaveGroups,
  listAgents,
  listGroups,
  lockAccount,
  type Queryable,
  updateAgent,
  writePresence,
} from '#libs/case-store';
import { declaredId, newId } from '#libs/interaction';
import type { PoolClient } from 'pg';
import {
  bothReleases,
  CasesCame,
  countReleased,
  NO_RELEASES,
  refuseLeftBehind,
  type Releases,
  releasesOf,
} from '../assignment/leaving.js';
import { AGENT_ID, agentNamed } from '../assignment/named.js';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { entityTag } from '../http/entity-tag.js';
import { PAGE_PARAMETERS, readPageQuery } from '../query/page-query.js';
import { truth } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CreateRoute, ListRoute, PatchRoute, PutRoute, ReadRoute } from '../routes/routes.js';
import { changedSince } from '../routes/versions.js';
import { untilNoCaseComes } from '../statuses/status-moves.js';
import type { Answer } from '../writing/answer.js';
import { type Settled, Writes } from '../writing/writes.js';
import { AGENT_PATCH, NEW_AGENT, PRESENCE } from './agent-body.js';
import { changesOf, leavingsOf, refuseConflicts, wishedAgent } from './agent-rules.js';
import { AgentListResource, AgentResource, agentResourceOf } from './agent.resource.js';

const FILTERS = [truth('active')];
const OF_WRITES = ['read-only', 'too-many-items', 'field-required', 'unknown-group', 'name-taken'] as const;
const NOBODY_YET = {
  role: 'agent',
  active: true,
  extensions: [],
  defaultGroupId: null,
  skills: {},
  timeZone: null,
  memberships: [],
} as const;

/** People who are given cases. They stay for ever: what they did names them. */
@ResourceController('v1/agents', { tag: 'agents', scope: 'config:read' })
export class AgentsController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Pick<LedgerDependencies, 'pool' | 'directory'>,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute('', { operationId: 'listAgents', summary: 'Agents by name', query: FILTERS, answer: AgentListResource })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<AgentResource>> {
    const reader = createQueryReader(query, [...FILTERS, ...PAGE_PARAMETERS]);
    const page = readPageQuery(reader);
    const filter = { active: reader.boolean('active') };
    reader.finish();
    const all = await listAgents(this.ledger.pool, exchange.principal.accountId);
    return this.pages.readWhole(exchange, {
      list: 'agents',
      filter,
      page,
      rows: all.filter(({ active }) => active === (filter.active ?? active)),
      placeOf: ({ name, id }) => `${name}\n${id}`,
      resourceOf: agentResourceOf,
    });
  }

  @ReadRoute(':id', { operationId: 'getAgent', summary: 'An agent', parameters: [AGENT_ID], answer: AgentResource })
  async get(@Param('id') name: string, @Exchange() { principal, reply }: Exchange): Promise<AgentResource> {
    const found = agentNamed(await listAgents(this.ledger.pool, principal.accountId), name);
    void reply.header('etag', entityTag(found.version));
    return agentResourceOf(found);
  }

  @CreateRoute('', {
    operationId: 'createAgent',
    summary: 'Makes an agent',
    scope: 'config:write',
    body: bodyOf(NEW_AGENT),
    answer: AgentResource,
    problems: OF_WRITES,
  })
  async create(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const all = await lockedAgents(client, accountId);
      const read = readBody(body.value, NEW_AGENT);
      const { email = '', name = '' } = read.value;
      // The id that the file would give it, so that the file can take it over.
      const declared = declaredId(accountId, 'agent', email);
      const id = all.some((one) => one.id === declared) ? newId() : declared;
      const before = { ...NOBODY_YET, id, email, name };
      const wished = wishedAgent(before, read.value, await listGroups(client, accountId));
      faultless(read, wished.faults);
      refuseConflicts(all, null, wished, { fields: [], joined: [], left: [] });
      await insertAgent(client, accountId, wished.row);
      await joinGroups(client, accountId, id, wished.groupIds);
      await insertWakes(client, accountId, { agentIds: [id], groupIds: [] });
      const answer = await answerOf(client, accountId, id, 201);
      return { ...answer, headers: { ...answer.headers, location: `/v1/agents/${id}` } };
    });
  }

  @PatchRoute(':id', {
    operationId: 'patchAgent',
    summary: 'Changes an agent; the cases of one who is not active any more, or leaves a group, are given away',
    scope: 'config:write',
    parameters: [AGENT_ID],
    body: bodyOf(AGENT_PATCH),
    answer: AgentResource,
    problems: [...OF_WRITES, 'in-use', 'managed-by-configuration'],
  })
  async update(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { principal } = exchange;
    const body = await this.writes.readBody(exchange);
    let releases = NO_RELEASES;
    const inputsOf = async () => {
      const leavings = await this.leavings(principal.accountId, name, body.value);
      releases = NO_RELEASES;
      for (const leaving of leavings) {
        releases = bothReleases(releases, await releasesOf(this.ledger.pool, principal, leaving));
      }
      return releases.inputs;
    };
    const answered = (client: PoolClient, settled: Settled) =>
      this.patch(client, exchange, { name, body: body.value }, { releases, settled });
    try {
      return await untilNoCaseComes(
        () => this.writes.settled(exchange, body, { inputsOf, answerOf: answered }),
        CasesCame,
      );
    } finally {
      this.ledger.directory.invalidate(principal.accountId);
    }
  }

  @PutRoute(':id/presence', {
    operationId: 'putAgentPresence',
    summary: 'Says whether an agent is there: a strategy gives new cases to those alone who are online',
    scope: ['cases:write', 'config:write'],
    parameters: [AGENT_ID],
    body: bodyOf(PRESENCE),
    answer: AgentResource,
    problems: ['field-required'],
  })
  async presence(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.inTransaction(exchange, body, async (client) => {
      const { id: agentId } = agentNamed(await listAgents(client, accountId), name);
      const { channel = 'all', state } = faultless(readBody(body.value, PRESENCE));
      await writePresence(client, accountId, { agentId, channel, state });
      if (state === 'online') {
        await insertWakes(client, accountId, { agentIds: [agentId], groupIds: [] });
      }
      return answerOf(client, accountId, agentId, 200);
    });
  }

  /** What the agent will leave; nothing for a request that will be refused: whoever answers it looks again, under the lock. */
  private async leavings(accountId: string, name: string, body: unknown): Promise<Leaving[]> {
    const before = agentNamed(await listAgents(this.ledger.pool, accountId), name);
    const { value, faults } = readBody(body, AGENT_PATCH);
    const wished = wishedAgent(before, value, await listGroups(this.ledger.pool, accountId));
    const isRefused = faults.length > 0 || wished.faults.length > 0;
    return isRefused ? [] : leavingsOf(before, wished, changesOf(before, wished));
  }

  private async patch(
    client: PoolClient,
    exchange: Exchange,
    { name, body }: { readonly name: string; readonly body: unknown },
    { releases, settled }: { readonly releases: Releases; readonly settled: Settled },
  ): Promise<Answer> {
    const { accountId } = exchange.principal;
    const all = await lockedAgents(client, accountId);
    const before = agentNamed(all, name);
    await this.writes.checkVersion(client, exchange, {
      version: before.version,
      changedSince: (version) => changedSince(before.changedIn, version),
    });
    const read = readBody(body, AGENT_PATCH);
    const wished = wishedAgent(before, read.value, await listGroups(client, accountId));
    faultless(read, wished.faults);
    const changes = changesOf(before, wished);
    refuseConflicts(all, before, wished, changes);
    if (changes.fields.length === 0) {
      return answerOf(client, accountId, before.id, 200);
    }
    await updateAgent(client, accountId, wished.row, changes.fields);
    await leaveGroups(client, accountId, before.id, changes.left);
    // Rules that name somebody who is not there any more are worth nothing.
    await breakAssignmentRules(client, accountId);
    await joinGroups(client, accountId, before.id, changes.joined);
    const leavings = leavingsOf(before, wished, changes);
    for (const leaving of leavings) {
      await refuseLeftBehind(client, accountId, leaving);
    }
    await insertWakes(client, accountId, { agentIds: [before.id], groupIds: [] });
    const { released, flagged } = countReleased(releases, settled);
    const counts = leavings.length === 0 ? {} : { released_cases: released, flagged_tasks: flagged };
    return answerOf(client, accountId, before.id, 200, counts);
  }
}

/** All agents of the account; who changes agents and groups goes one after the other. */
async function lockedAgents(client: Queryable, accountId: string): Promise<AgentDetail[]> {
  await lockAccount(client, accountId);
  return listAgents(client, accountId);
}

async function answerOf(
  client: Queryable,
  accountId: string,
  agentId: string,
  status: 200 | 201,
  more: Pick<AgentResource, 'released_cases' | 'flagged_tasks'> = {},
): Promise<Answer> {
  const agent = agentNamed(await listAgents(client, accountId), agentId);
  return { status, headers: { etag: entityTag(agent.version) }, body: { ...agentResourceOf(agent), ...more } };
}
