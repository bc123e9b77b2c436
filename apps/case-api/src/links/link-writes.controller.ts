import { Inject, Param } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { CommandVerdict } from '#libs/case-domain';
import { findLink, loadCaseLink, type Queryable } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { required } from '../body/field.js';
import { bodyOf, readBody } from '../body/read-body.js';
import { CASE_ID, readTarget } from '../cases/case-name.js';
import { caseCalled } from '../cases/write/case-body.js';
import { CaseCommands } from '../cases/write/case-commands.js';
import { OF_STATES } from '../cases/write/case-problems.js';
import { entityTag } from '../http/entity-tag.js';
import { IF_MATCH, OF_VERSIONS } from '../routes/described-writes.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CreateRoute, DeleteRoute } from '../routes/routes.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import { LinkResource, linkResourceOf } from './link.resource.js';

/** `{link_id}` in the description. */
export const LINK_ID = { name: 'link_id', format: 'uuid' } as const;
const LINK_FIELDS = { case_id: required(caseCalled) };
const OF_CASE =
  'A link never changes: `ETag` and `If-Match` are those of the case. The version of the other one rises too.';

/** People relate cases, and take that back. */
@ResourceController('v1/cases', { tag: 'links', scope: 'cases:write' })
export class LinkWritesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(CaseCommands) private readonly commands: CaseCommands,
  ) {}

  @CreateRoute(':id/links', {
    operationId: 'createCaseLink',
    summary: 'Relate a case and another one',
    description: `Two cases are related once, whichever is named first: a second time answers 200. ${OF_CASE}`,
    parameters: [CASE_ID],
    body: bodyOf(LINK_FIELDS),
    answer: LinkResource,
    headers: [IF_MATCH],
    problems: [...OF_STATES, ...OF_VERSIONS, 'field-required', 'unknown-case', 'target-not-allowed'],
  })
  @ApiResponse({ status: 200, description: 'They were related before.', type: LinkResource })
  async create(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, LINK_FIELDS);
    const target = readTarget(id);
    return this.commands.run(
      exchange,
      body,
      (who) => ({ ...who, command: 'link', target, other: value.case_id ?? null, faults }),
      (client, { principal }, verdict) => linkAnswer(client, principal.accountId, verdict),
    );
  }

  @DeleteRoute(':id/links/:link_id', {
    operationId: 'deleteCaseLink',
    summary: 'Take a link away by which cases are `related`',
    description: `The other kinds follow from what was done with the cases, and stay. ${OF_CASE}`,
    parameters: [CASE_ID, LINK_ID],
    problems: [...OF_STATES, 'target-not-allowed'],
  })
  async delete(
    @Param('id') id: string,
    @Param('link_id') linkId: string,
    @Exchange() exchange: Exchange,
  ): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { faults } = readBody(body.value, {});
    const target = readTarget(id);
    const { accountId } = exchange.principal;
    return this.commands.run(
      exchange,
      body,
      async (who) => {
        const link = isUuid(linkId) ? await findLink(this.pool, accountId, linkId) : null;
        const ends = link === null ? [] : [link.fromCaseId, link.toCaseId];
        const named = ends.map((value) => ({ by: 'id', value }) as const);
        return { ...who, command: 'unlink', target, linkId: linkId.toLowerCase(), ends: named, faults };
      },
      async () => ({ status: 204, headers: {} }),
    );
  }
}

/** 201 where the command made the link, 200 where it was there. */
async function linkAnswer(
  client: Queryable,
  accountId: string,
  { outcome, caseId, version, linkId = '' }: CommandVerdict,
): Promise<Answer> {
  const view = caseId === null ? null : await loadCaseLink(client, accountId, caseId, linkId);
  if (view === null || version === null) {
    throw new Error('a link that was just written is not there');
  }
  const location = `/v1/cases/${caseId}/links/${linkId}`;
  return {
    status: outcome === 'done' ? 201 : 200,
    headers: { etag: entityTag(version), ...(outcome === 'done' ? { location } : {}) },
    body: linkResourceOf(view),
  };
}
