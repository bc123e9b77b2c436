import { Inject, Param, Query } from '@nestjs/common';
import { writtenActions } from '#libs/case-domain';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import {
  type AssignmentRuleView,
  deleteAssignmentRule,
  findRuleNames,
  insertAssignmentRule,
  listAssignmentRules,
  lockAssignmentRules,
  updateAssignmentRule,
} from '#libs/case-store';
import { isUuid, newId } from '#libs/interaction';
import type { PoolClient } from 'pg';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { entityTag } from '../http/entity-tag.js';
import { notFound, type ProblemDraft, ProblemException } from '../http/problem.js';
import { PAGE_PARAMETERS, readPageQuery } from '../query/page-query.js';
import { truth } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CreateRoute, DeleteRoute, ListRoute, PatchRoute, ReadRoute } from '../routes/routes.js';
import { changedSince, isKnownVersion, versioned } from '../routes/versions.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import { NEW_RULE, RULE_PATCH } from './assignment-rule-body.js';
import { changesOf, conflictOfDeclared, conflictOfNew, readParts, rowOfNew } from './assignment-rule-changes.js';
import {
  AssignmentRuleListResource,
  AssignmentRuleResource,
  assignmentRuleResourceOf,
} from './assignment-rule.resource.js';

const FILTERS = [truth('active')];
const RULE_ID = { name: 'id', description: 'Id of a rule.', schema: { type: 'string', format: 'uuid' } } as const;
const OF_RULES = [
  'field-required',
  'read-only',
  'too-many-items',
  'unknown-group',
  'unknown-agent',
  'unknown-case',
  'problem-not-allowed',
] as const;

/** Rules about where cases go when they begin. */
@ResourceController('v1/assignment-rules', { tag: 'assignment rules', scope: 'config:read' })
export class AssignmentRulesController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Pick<LedgerDependencies, 'pool'>,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute('', {
    operationId: 'listAssignmentRules',
    summary: 'Assignment rules, by position',
    query: FILTERS,
    answer: AssignmentRuleListResource,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<AssignmentRuleResource>> {
    const reader = createQueryReader(query, [...FILTERS, ...PAGE_PARAMETERS]);
    const page = readPageQuery(reader);
    const filter = { active: reader.boolean('active') };
    reader.finish();
    const rows = await listAssignmentRules(this.ledger.pool, exchange.principal.accountId);
    return this.pages.readWhole(exchange, {
      list: 'assignment-rules',
      filter,
      page,
      rows: rows.filter(({ active }) => active === (filter.active ?? active)),
      placeOf: ({ position, id }) => `${String(position).padStart(7, '0')}/${id}`,
      resourceOf: assignmentRuleResourceOf,
    });
  }

  @ReadRoute(':id', {
    operationId: 'getAssignmentRule',
    summary: 'One assignment rule',
    parameters: [RULE_ID],
    ...versioned(AssignmentRuleResource),
  })
  async get(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<AssignmentRuleResource | undefined> {
    const found = ruleAt(await listAssignmentRules(this.ledger.pool, exchange.principal.accountId), id);
    return isKnownVersion(exchange, found.version) ? undefined : assignmentRuleResourceOf(found);
  }

  @CreateRoute('', {
    operationId: 'createAssignmentRule',
    summary: 'Makes an assignment rule',
    scope: 'config:write',
    body: bodyOf(NEW_RULE),
    answer: AssignmentRuleResource,
    problems: [...OF_RULES, 'limit-reached'],
  })
  async create(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const all = await lockAssignmentRules(client, accountId);
      const sent = readBody(body.value, NEW_RULE);
      const names = await findRuleNames(client, accountId, [{ actions: sent.value.actions }]);
      const isWhole = sent.value.conditions !== undefined && sent.value.actions !== undefined;
      const { read, faults } = isWhole ? readParts(sent.value, null, names) : { read: null, faults: [] };
      const wish = faultless(sent, faults);
      refuse(conflictOfNew(all));
      if (read === null) {
        throw new Error('a rule without faults was not read');
      }
      const stored = await insertAssignmentRule(client, accountId, rowOfNew(all, newId(), wish, read));
      const answer = answerOf(stored, 201);
      return { ...answer, headers: { ...answer.headers, location: `/v1/assignment-rules/${stored.id}` } };
    });
  }

  @PatchRoute(':id', {
    operationId: 'patchAssignmentRule',
    summary: 'Changes an assignment rule, and its place among the others',
    scope: 'config:write',
    parameters: [RULE_ID],
    body: bodyOf(RULE_PATCH),
    answer: AssignmentRuleResource,
    problems: [...OF_RULES, 'managed-by-configuration'],
  })
  async update(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const before = await this.lock(client, exchange, id);
      const sent = readBody(body.value, RULE_PATCH);
      const { actions = writtenActions(before.actions) } = sent.value;
      const names = await findRuleNames(client, accountId, [{ actions }]);
      // What is switched off may go on naming what is not there any more.
      const isAsked =
        (sent.value.active ?? before.active) ||
        ['match', 'conditions', 'actions'].some((part) => Object.hasOwn(sent.value, part));
      const { read, faults } = isAsked ? readParts(sent.value, before, names) : { read: before, faults: [] };
      const patch = faultless(sent, faults);
      const { row, changed } = changesOf(before, patch, read ?? before);
      if (changed.length === 0) {
        return answerOf(before, 200);
      }
      refuse(conflictOfDeclared(before));
      return answerOf(await updateAssignmentRule(client, accountId, row, changed), 200);
    });
  }

  @DeleteRoute(':id', {
    operationId: 'deleteAssignmentRule',
    summary: 'Deletes an assignment rule',
    scope: 'config:write',
    parameters: [RULE_ID],
    problems: ['managed-by-configuration'],
  })
  async delete(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const before = await this.lock(client, exchange, id);
      faultless(readBody(body.value, {}));
      refuse(conflictOfDeclared(before));
      await deleteAssignmentRule(client, accountId, before.id);
      return { status: 204, headers: {} };
    });
  }

  /** The rule, held, when the request is for this version of it. */
  private async lock(client: PoolClient, exchange: Exchange, id: string): Promise<AssignmentRuleView> {
    const rule = ruleAt(await lockAssignmentRules(client, exchange.principal.accountId), id);
    await this.writes.checkVersion(client, exchange, {
      version: rule.version,
      changedSince: (version) => changedSince(rule.changedIn, version),
    });
    return rule;
  }
}

function ruleAt(all: readonly AssignmentRuleView[], id: string): AssignmentRuleView {
  const found = isUuid(id) ? all.find((rule) => rule.id === id.toLowerCase()) : undefined;
  if (found === undefined) {
    throw notFound('The rule');
  }
  return found;
}

function refuse(conflict: ProblemDraft | null): void {
  if (conflict !== null) {
    throw new ProblemException(conflict);
  }
}

function answerOf(rule: AssignmentRuleView, status: 200 | 201): Answer {
  return { status, headers: { etag: entityTag(rule.version) }, body: assignmentRuleResourceOf(rule) };
}
