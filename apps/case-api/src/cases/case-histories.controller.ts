import { Inject, Param, Query } from '@nestjs/common';
import {
  listCaseComments,
  listCaseEvents,
  listCaseInteractions,
  loadTimeline,
  TIMELINE_KINDS,
  type TimelineKind,
} from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { CommentListResource, type CommentResource, commentResourceOf } from '../comments/comment.resource.js';
import { interactionResourceOf } from '../interactions/interaction-resource-of.js';
import { InteractionListResource, type InteractionResource } from '../interactions/interaction.resource.js';
import { PAGE_PARAMETERS, type PageQuery, readPageQuery, readPlainPageQuery } from '../query/page-query.js';
import { someOf } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ListRoute } from '../routes/routes.js';
import { caseAt } from './case-at.js';
import { caseEventResourceOf, CaseEventListResource, type CaseEventResource } from './case-event.resource.js';
import { CASE_ID } from './case-name.js';
import { TimelineResource, timelineEntryOf, type TimelineEntryResource } from './timeline.resource.js';

const INCLUDE = someOf('include', TIMELINE_KINDS, 'Only these; all of them unless told.');

/** What happened in a case: oldest first, page by page. */
@ResourceController('v1/cases', { tag: 'cases', scope: 'cases:read' })
export class CaseHistoriesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute(':id/events', {
    operationId: 'listCaseEvents',
    summary: 'History of a case, oldest first',
    parameters: [CASE_ID],
    answer: CaseEventListResource,
  })
  async events(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<CaseEventResource>> {
    const { accountId, id: caseId } = (await caseAt(this.pool, exchange.principal, id)).state;
    return this.pages.read(exchange, {
      list: 'events',
      filter: caseId,
      page: readPlainPageQuery(query),
      load: (limit, [seq = '0']) => listCaseEvents(this.pool, accountId, caseId, { limit, afterSeq: Number(seq) }),
      positionOf: (row) => [String(row.seq)],
      resourceOf: caseEventResourceOf,
    });
  }

  @ListRoute(':id/interactions', {
    operationId: 'listCaseInteractions',
    summary: 'What was said in a case, oldest first',
    parameters: [CASE_ID],
    answer: InteractionListResource,
  })
  async interactions(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<InteractionResource>> {
    const { accountId, id: caseId } = (await caseAt(this.pool, exchange.principal, id)).state;
    return this.pages.read(exchange, {
      list: 'interactions',
      filter: caseId,
      page: readPlainPageQuery(query),
      load: (limit, [occurredAt, afterId]) => {
        const after = occurredAt === undefined || afterId === undefined ? null : { occurredAt, id: afterId };
        return listCaseInteractions(this.pool, accountId, caseId, { limit, after });
      },
      positionOf: (row) => [row.occurredAt.toISOString(), row.interaction.id],
      resourceOf: interactionResourceOf,
    });
  }

  @ListRoute(':id/comments', {
    operationId: 'listCaseComments',
    summary: 'What was written in a case, oldest first',
    parameters: [CASE_ID],
    answer: CommentListResource,
  })
  async comments(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<CommentResource>> {
    const { accountId, id: caseId } = (await caseAt(this.pool, exchange.principal, id)).state;
    return this.pages.read(exchange, {
      list: 'comments',
      filter: caseId,
      page: readPlainPageQuery(query),
      load: (limit, [createdAt, afterId]) => {
        const after = createdAt === undefined || afterId === undefined ? null : { createdAt, id: afterId };
        return listCaseComments(this.pool, accountId, caseId, { limit, after });
      },
      positionOf: (row) => [row.createdAt.toISOString(), row.id],
      resourceOf: commentResourceOf,
    });
  }

  @ListRoute(':id/timeline', {
    operationId: 'getCaseTimeline',
    summary: 'Interactions, comments and changes of a case in one order, oldest first',
    parameters: [CASE_ID],
    query: [INCLUDE],
    answer: TimelineResource,
  })
  async timeline(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<TimelineEntryResource>> {
    const { kinds, page } = readTimelineQuery(query);
    const { accountId, id: caseId } = (await caseAt(this.pool, exchange.principal, id)).state;
    return this.pages.read(exchange, {
      list: 'timeline',
      filter: [caseId, kinds],
      page,
      load: (limit, [at, afterId]) => {
        const after = at === undefined || afterId === undefined ? null : { at, id: afterId };
        return loadTimeline(this.pool, accountId, caseId, { kinds, limit, after });
      },
      positionOf: (row) => [row.at.toISOString(), row.id],
      resourceOf: timelineEntryOf,
    });
  }
}

function readTimelineQuery(query: RawQuery): { readonly kinds: readonly TimelineKind[]; readonly page: PageQuery } {
  const reader = createQueryReader(query, [INCLUDE, ...PAGE_PARAMETERS]);
  const kinds = reader.list('include', TIMELINE_KINDS) as TimelineKind[] | undefined;
  const page = readPageQuery(reader);
  reader.finish();
  return { kinds: kinds ?? TIMELINE_KINDS, page };
}
