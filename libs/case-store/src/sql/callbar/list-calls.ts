import type { Queryable } from '../../queryable.js';
import { rowsOf } from '../../queryable.js';
import { SELECT_INTERACTIONS, type InteractionView } from '../interactions/interaction-view.js';

/** Calls that began since `since`, newest first. */
export async function listCallsSince(
  client: Queryable,
  accountId: string,
  since: string,
  most: number,
): Promise<InteractionView[]> {
  const text = `${SELECT_INTERACTIONS}
    where i.account_id = $1 and i.channel = 'call' and i.occurred_at >= $2 and i.outcome <> 'erased'
      and i.redacted_at is null
    order by i.occurred_at desc, i.id
    limit $3`;
  const result = await client.query<InteractionView>(text, [accountId, since, most]);
  return result.rows;
}

/** When somebody wants to call back whoever called. */
export interface CallbackView extends InteractionView {
  readonly callbackAt: Date;
  readonly callbackAgentId: string;
  readonly callbackNumber: string | null;
}

const CALLBACKS = `${SELECT_INTERACTIONS}
  join callback b on b.account_id = i.account_id and b.interaction_id = i.id
  where i.account_id = $1 and i.outcome <> 'erased' and b.at < $2
    and ($3::timestamptz is null or (b.at, b.interaction_id) > ($3::timestamptz, $4::uuid))
  order by b.at, b.interaction_id
  limit $5`.replace(
  'select\n',
  'select b.at as "callbackAt", b.agent_id as "callbackAgentId", b.number as "callbackNumber",\n',
);

/** Calls that are to be called back before an instant, the earliest first. */
export async function listCallbacks(
  client: Queryable,
  accountId: string,
  before: string,
  page: { readonly limit: number; readonly after: { readonly at: string; readonly id: string } | null },
): Promise<CallbackView[]> {
  const values = [accountId, before, page.after?.at ?? null, page.after?.id ?? null, page.limit];
  const result = await client.query<CallbackView>(CALLBACKS, values);
  return result.rows;
}

/** What agents did about a call beside its case. */
export interface BesideCallView {
  readonly action: string;
  readonly agentId: string;
  readonly occurredAt: Date;
  readonly code: string | null;
  readonly label: string | null;
  readonly at: string | null;
}

/** Wrap-ups, dispositions and callbacks that agents told of a call, in their order. */
export async function listPressedOf(
  client: Queryable,
  accountId: string,
  interactionId: string,
): Promise<BesideCallView[]> {
  return rowsOf<BesideCallView>(client, {
    name: 'list_pressed_of',
    text: `
      select action, agent_id as "agentId", occurred_at as "occurredAt", event ->> 'code' as code,
        event ->> 'label' as label, event ->> 'at' as at
      from callbar_event
      where account_id = $1 and interaction_id = $2 and state = 'applied'
        and action in ('wrapup.start', 'wrapup.end', 'disposition.set', 'callback.schedule')
      order by occurred_at, id`,
    values: [accountId, interactionId],
  });
}
