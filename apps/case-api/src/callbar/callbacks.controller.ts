import { Inject, Query } from '@nestjs/common';
import { type CallbackView, listCallbacks } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { interactionResourceOf } from '../interactions/interaction-resource-of.js';
import { InteractionResource } from '../interactions/interaction.resource.js';
import { PAGE_PARAMETERS, readPageQuery } from '../query/page-query.js';
import { instant } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { PageResource } from '../resources/shared.resource.js';
import { Instant, Many, One, Text, Uuid } from '../resources/properties.js';
import { Exchange } from '../routes/exchange.js';
import { type Page, Pages } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ListRoute } from '../routes/routes.js';

/** When somebody is to be called back. */
export class CallbackResource {
  @Instant() at!: string;
  @Uuid({ description: 'Who wants to call.' }) agent_id!: string;
  @Text({ nullable: true, description: 'Null: whoever called.', example: '+351910000001' }) number!: string | null;
}

export class CalledBackResource extends InteractionResource {
  @One(() => CallbackResource) callback!: CallbackResource;
}

export class CalledBackListResource {
  @Many(() => CalledBackResource) data!: CalledBackResource[];
  @One(() => PageResource) page!: PageResource;
}

const BEFORE = 'callback_before';

/** Calls that agents want to answer by calling back. */
@ResourceController('v1/interactions', { tag: 'interactions', scope: 'cases:read' })
export class CallbacksController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute('', {
    operationId: 'listInteractions',
    summary: 'Calls that are to be called back, the earliest first',
    query: [{ ...instant(BEFORE, 'Before this instant.'), required: true }],
    answer: CalledBackListResource,
    problems: ['field-required'],
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<CalledBackResource>> {
    const reader = createQueryReader(query, [...PAGE_PARAMETERS, instant(BEFORE, '')]);
    const page = readPageQuery(reader);
    const before = reader.instant(BEFORE);
    if (query[BEFORE] === undefined) {
      reader.refuse(BEFORE, 'Say before when.', 'field-required');
    }
    reader.finish();
    return this.pages.read(exchange, {
      list: 'callbacks',
      filter: { before },
      page,
      load: (limit, [at, id]) => {
        const after = at === undefined || id === undefined ? null : { at, id };
        return listCallbacks(this.pool, exchange.principal.accountId, before ?? '', { limit, after });
      },
      positionOf: ({ callbackAt, interaction }) => [callbackAt.toISOString(), interaction.id],
      resourceOf: calledBackOf,
    });
  }
}

function calledBackOf(view: CallbackView): CalledBackResource {
  const { callbackAt, callbackAgentId, callbackNumber } = view;
  const callback = { at: callbackAt.toISOString(), agent_id: callbackAgentId, number: callbackNumber };
  return { ...interactionResourceOf(view), callback };
}
