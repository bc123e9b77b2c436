import { rowsOf, type Queryable } from '../../queryable.js';

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
