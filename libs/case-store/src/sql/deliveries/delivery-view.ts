import type { Talker } from '#libs/interaction';

/**
 * What became of an interaction that a request told of. `waiting`: nothing yet, because it goes on, or nobody has come to
 * it. `parked`: it waits for a person. `recorded`: it is kept, and no case is touched.
 */
export const DELIVERY_STATES = ['recorded', 'parked', 'waiting', 'attached', 'created'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A call or voicemail that a request told of, as it is now. */
export interface DeliveredInteraction {
  readonly id: string;
  readonly state: DeliveryState;
  /** As its row says; null while it has none. */
  readonly outcome: string | null;
  /** Why it waits for a person. */
  readonly suspension: string | null;
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly occasion: string | null;
  /** The line of ours that it came in by. */
  readonly line: string | null;
  /** `provider/key` of the connection that told of it. */
  readonly connection: string | null;
  readonly talkers: readonly Talker[] | null;
}

/** A request to a connection, and what became of what it told. */
export interface DeliveryView {
  readonly id: string;
  readonly receivedAt: Date;
  readonly connection: string;
  readonly path: string;
  readonly contentType: string | null;
  readonly bytes: number;
  readonly verdict: string;
  readonly reason: string | null;
  readonly signedAddress: string | null;
  readonly eventIds: readonly string[];
  readonly milliseconds: number;
  readonly answer: number;
  readonly replayedAt: Date | null;
  readonly redactedAt: Date | null;
  readonly factCount: number;
  readonly interactions: readonly DeliveredInteraction[];
}

/** Of an interaction `i`, which may have no row yet. */
const STATE = `
  case
    when i.outcome is null or i.outcome = 'waiting' then 'waiting'
    when i.outcome in ('created', 'followed_up') then 'created'
    when i.outcome in ('attached', 'reopened', 'automatic', 'internal') then 'attached'
    when i.outcome in ('suspended', 'released') then 'parked'
    else 'recorded'
  end`;

/** `select … from delivery d` with what became of it: `became.states` are those of its interactions. */
export const SELECT_DELIVERIES = (more = ''): string => `
  select d.id, d.received_at as "receivedAt", d.connection, d.path, d.content_type as "contentType", d.bytes, d.verdict,
    d.reason, d.signed_address as "signedAddress", d.event_ids as "eventIds", d.milliseconds, d.answer,
    d.replayed_at as "replayedAt", d.redacted_at as "redactedAt", json_array_length(d.facts) as "factCount",
    coalesce(became.list, '[]') as interactions${more}
  from delivery d
  left join lateral (
    select array_agg(${STATE}) as states,
      json_agg(json_build_object(
        'id', named.id, 'state', ${STATE}, 'outcome', i.outcome, 'suspension', q.reason, 'caseId', i.case_id,
        'caseNumber', c.number::text, 'occasion', i.payload -> 'occasion', 'line', i.payload -> 'endpoint' -> 'address',
        'connection', i.payload #>> '{endpoint,connection}', 'talkers', i.payload -> 'talkers'
      ) order by named.place) as list
    from unnest(d.interaction_ids) with ordinality as named (id, place)
    left join interaction i on i.account_id = d.account_id and i.id = named.id
    left join cases c on c.account_id = i.account_id and c.id = i.case_id
    left join quarantine q on q.account_id = i.account_id and q.interaction_id = i.id and q.state = 'waiting'
  ) became on true`;
