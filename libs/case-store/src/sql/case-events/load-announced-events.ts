import type { Actor, CaseChange, CaseChangeKind } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import type { EventName } from '../outbox/append-outbox.js';

/** A committed change as its row tells it. */
export interface AnnouncedEvent extends EventName {
  readonly change: CaseChange;
}

interface EventRow {
  readonly case_id: string;
  readonly seq: number;
  readonly kind: CaseChangeKind;
  readonly actor: Actor;
  readonly on_behalf_of: Actor | null;
  readonly changes: CaseChange['changes'];
  readonly details: CaseChange['details'];
  readonly interaction_id: string | null;
  readonly cause_event_id: string | null;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
}

const COLUMNS = `case_id, seq, kind, actor, on_behalf_of, changes, details, interaction_id, cause_event_id, occurred_at,
  recorded_at`;

/** The named events, by case and in the order of each case's history. */
export async function loadAnnouncedEvents(
  client: Queryable,
  accountId: string,
  names: readonly EventName[],
): Promise<AnnouncedEvent[]> {
  const rows = await rowsOf<EventRow>(client, {
    name: 'load_announced_events',
    text: `
      select e.*
      from unnest($2::uuid[], $3::int[]) as given (case_id, seq)
      cross join lateral (
        select ${COLUMNS}
        from case_event e
        where e.account_id = $1 and e.case_id = given.case_id and e.seq = given.seq
        offset 0
      ) as e
      order by e.case_id, e.seq`,
    values: [accountId, plainArray(names.map((name) => name.caseId)), plainArray(names.map((name) => name.seq))],
  });
  return rows.map(eventOf);
}

/** All events of a case up to a version: what it takes to say what the case was then. */
export async function loadHistory(
  client: Queryable,
  accountId: string,
  { caseId, seq }: EventName,
): Promise<AnnouncedEvent[]> {
  const rows = await rowsOf<EventRow>(client, {
    name: 'load_history',
    text: `
      select ${COLUMNS}
      from case_event
      where account_id = $1 and case_id = $2 and seq <= $3
      order by seq`,
    values: [accountId, caseId, seq],
  });
  return rows.map(eventOf);
}

function eventOf(row: EventRow): AnnouncedEvent {
  return {
    caseId: row.case_id,
    seq: row.seq,
    change: {
      kind: row.kind,
      changes: row.changes,
      actor: row.actor,
      ...(row.on_behalf_of === null ? {} : { onBehalfOf: row.on_behalf_of }),
      interactionId: row.interaction_id,
      ...(row.cause_event_id === null ? {} : { causeEventId: row.cause_event_id }),
      at: row.recorded_at.toISOString(),
      occurredAt: row.occurred_at.toISOString(),
      details: row.details,
    },
  };
}
