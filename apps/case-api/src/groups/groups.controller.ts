import { Inject, Param, Query } from '@nestjs/common';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import {
  insertGroup,
  insertWakes,
  breakAssignmentRules,
  listGroups,
  lockAccount,
  type GroupDetail,
  type Queryable,
  retireGroup,
  updateGroup,
} from '#libs/case-store';
import { declaredId, newId } from '#libs/interaction';
import type { PoolClient } from 'pg';
import {
  CasesCame,
  countReleased,
  NO_RELEASES,
  refuseLeftBehind,
  type Releases,
  releasesOf,
} from '../assignment/leaving.js';
import { GROUP_ID, groupNamed } from '../assignment/named.js';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { SANITISER, type Sanitiser } from '../display/sanitiser.js';
import { PAGE_PARAMETERS, readPageQuery } from '../query/page-query.js';
import { truth } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CreateRoute, ListRoute, PatchRoute, ReadRoute } from '../routes/routes.js';
import { changedSince, isKnownVersion, versioned } from '../routes/versions.js';
import { untilNoCaseComes } from '../statuses/status-moves.js';
import type { Answer } from '../writing/answer.js';
import { type Settled, Writes } from '../writing/writes.js';
import { groupAnswer } from './group-answer.js';
import { GROUP_PATCH, NEW_GROUP } from './group-body.js';
import { checkedChanges, NEW_GROUP_ROW, refuseRetiring, wishedGroup } from './group-rules.js';
import { GroupListResource, GroupResource, groupResourceOf } from './group.resource.js';
import { sanitisedSignature } from './sanitised-signature.js';

const FILTERS = [truth('active')];
const OF_WRITES = ['read-only', 'too-many-items', 'field-required', 'name-taken'] as const;

/** Teams that cases belong to, and how they give them to their members. */
@ResourceController('v1/groups', { tag: 'groups', scope: 'config:read' })
export class GroupsController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Pick<LedgerDependencies, 'pool' | 'directory'>,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(SANITISER) private readonly sanitiser: Sanitiser,
  ) {}

  @ListRoute('', { operationId: 'listGroups', summary: 'Groups by name', query: FILTERS, answer: GroupListResource })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<GroupResource>> {
    const reader = createQueryReader(query, [...FILTERS, ...PAGE_PARAMETERS]);
    const page = readPageQuery(reader);
    const filter = { active: reader.boolean('active') };
    reader.finish();
    const all = await listGroups(this.ledger.pool, exchange.principal.accountId);
    return this.pages.readWhole(exchange, {
      list: 'groups',
      filter,
      page,
      rows: all.filter(({ active }) => active === (filter.active ?? active)),
      placeOf: ({ name }) => name,
      resourceOf: groupResourceOf,
    });
  }

  @ReadRoute(':id', {
    operationId: 'getGroup',
    summary: 'A group',
    parameters: [GROUP_ID],
    ...versioned(GroupResource),
  })
  async get(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<GroupResource | undefined> {
    const found = groupNamed(await listGroups(this.ledger.pool, exchange.principal.accountId), name);
    return isKnownVersion(exchange, found.version) ? undefined : groupResourceOf(found);
  }

  @CreateRoute('', {
    operationId: 'createGroup',
    summary: 'Makes a group',
    scope: 'config:write',
    body: bodyOf(NEW_GROUP),
    answer: GroupResource,
    problems: OF_WRITES,
  })
  async create(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    const signatureHtml = await sanitisedSignature(this.sanitiser, body.value);
    return this.writes.configure(exchange, body, async (client) => {
      const all = await lockedGroups(client, accountId);
      const read = readBody(body.value, NEW_GROUP);
      const { name = '' } = read.value;
      // The id that the file would give it, so that the file can take it over.
      const declared = declaredId(accountId, 'group', name);
      const id = all.some((one) => one.id === declared) ? newId() : declared;
      const wished = wishedGroup({ ...NEW_GROUP_ROW, id, name }, { ...read.value, ...signatureHtml }, all);
      faultless(read, wished.faults);
      checkedChanges(all, null, wished.row);
      await insertGroup(client, accountId, wished.row);
      const answer = await groupAnswer(client, accountId, id, 201);
      return { ...answer, headers: { ...answer.headers, location: `/v1/groups/${id}` } };
    });
  }

  @PatchRoute(':id', {
    operationId: 'patchGroup',
    summary: 'Changes a group; of one that is not used any more another one takes over cases and addresses',
    scope: 'config:write',
    parameters: [GROUP_ID],
    body: bodyOf(GROUP_PATCH),
    answer: GroupResource,
    problems: [...OF_WRITES, 'unknown-group', 'in-use', 'managed-by-configuration'],
  })
  async update(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { principal } = exchange;
    const body = await this.writes.readBody(exchange);
    const signature = await sanitisedSignature(this.sanitiser, body.value);
    let releases = NO_RELEASES;
    const inputsOf = async () => {
      const all = await listGroups(this.ledger.pool, principal.accountId);
      const { id: groupId, ...before } = groupNamed(all, name);
      const { value, faults } = readBody(body.value, GROUP_PATCH);
      const { replacement, faults: more } = wishedGroup({ id: groupId, ...before }, value, all);
      const isRefused = replacement === null || faults.length > 0 || more.length > 0;
      releases = isRefused
        ? NO_RELEASES
        : await releasesOf(this.ledger.pool, principal, { who: 'group', groupId, toGroupId: replacement.id });
      return releases.inputs;
    };
    const answerOf = (client: PoolClient, settled: Settled) =>
      this.patch(client, exchange, { name, body: body.value, signature }, { releases, settled });
    try {
      return await untilNoCaseComes(() => this.writes.settled(exchange, body, { inputsOf, answerOf }), CasesCame);
    } finally {
      this.ledger.directory.invalidate(principal.accountId);
    }
  }

  private async patch(
    client: PoolClient,
    exchange: Exchange,
    given: { readonly name: string; readonly body: unknown; readonly signature: { readonly signature_html?: string } },
    { releases, settled }: { readonly releases: Releases; readonly settled: Settled },
  ): Promise<Answer> {
    const { accountId } = exchange.principal;
    const all = await lockedGroups(client, accountId);
    const before = groupNamed(all, given.name);
    await this.writes.checkVersion(client, exchange, {
      version: before.version,
      changedSince: (version) => changedSince(before.changedIn, version),
    });
    const read = readBody(given.body, GROUP_PATCH);
    const { row, replacement, faults } = wishedGroup(before, { ...read.value, ...given.signature }, all);
    faultless(read, faults);
    const changed = checkedChanges(all, before, row);
    if (changed.length === 0) {
      return groupAnswer(client, accountId, before.id, 200);
    }
    await updateGroup(client, accountId, row, changed);
    await insertWakes(client, accountId, { agentIds: [], groupIds: [before.id] });
    if (!before.active || row.active) {
      return groupAnswer(client, accountId, before.id, 200);
    }
    await refuseRetiring(client, accountId, before, replacement);
    await retireGroup(client, accountId, { groupId: before.id, toGroupId: replacement?.id ?? null });
    await breakAssignmentRules(client, accountId);
    const toGroupId = replacement?.id ?? before.id;
    await refuseLeftBehind(client, accountId, { who: 'group', groupId: before.id, toGroupId });
    const { released, flagged } = countReleased(releases, settled);
    return groupAnswer(client, accountId, before.id, 200, { released_cases: released, flagged_tasks: flagged });
  }
}

/** All groups of the account; who changes agents and groups goes one after the other. */
async function lockedGroups(client: Queryable, accountId: string): Promise<GroupDetail[]> {
  await lockAccount(client, accountId);
  return listGroups(client, accountId);
}
