import type { Pool } from 'pg';
import { DECIDED_TOPIC, derivedEventId } from '#libs/interaction';
import type { EventLog } from '#libs/messaging';

/** The row of a call, read with plain SQL. */
export interface CallRow {
  readonly id: string;
  readonly revision: number;
  readonly outcome: string;
  readonly case_id: string | null;
  readonly payload: Record<string, unknown>;
  /** What `interactions.decided.v1` has to say of it last. */
  readonly told: string;
}

/** By id. */
export async function readCallRows(pool: Pool): Promise<Map<string, CallRow>> {
  const { rows } = await pool.query<Omit<CallRow, 'told'> & Told>(`
    select i.id, i.revision, i.outcome, i.case_id, i.payload, i.id as interaction_id, i.occurred_at, i.received_at,
      i.decided_at, c.number::int as case_number
    from interaction i
    left join cases c on c.account_id = i.account_id and c.id = i.case_id`);
  return new Map(rows.map((row) => [row.id, { ...row, told: wordsOf(row) }]));
}

/** What was told of a call: the first record of each revision, in the order of their arrival. */
export interface ToldRevision {
  /** Null: its id is that of no revision which the call has had. */
  readonly revision: number | null;
  readonly told: string;
}

/** By interaction, repetitions dropped by `ce_id` as every consumer does. */
export async function readToldRevisions(
  log: EventLog,
  rows: ReadonlyMap<string, CallRow>,
): Promise<Map<string, ToldRevision[]>> {
  const seen = new Set<string>();
  const told = new Map<string, ToldRevision[]>();
  for await (const { key, value, headers } of log.read(DECIDED_TOPIC, { from: 'beginning', follow: false })) {
    const eventId = headers['ce_id'] ?? '';
    if (!seen.has(eventId)) {
      seen.add(eventId);
      const id = key ?? '';
      const revision = revisionOf(eventId, id, rows.get(id)?.revision ?? 0);
      const words = wordsOf(JSON.parse(value?.toString('utf8') ?? 'null') as Told);
      told.set(id, [...(told.get(id) ?? []), { revision, told: words }]);
    }
  }
  return told;
}

/** The ids of what is told follow from the interaction and its revision. */
function revisionOf(eventId: string, interactionId: string, latest: number): number | null {
  for (let revision = 1; revision <= latest; revision += 1) {
    if (eventId === derivedEventId(interactionId, 'applied', revision === 1 ? '' : revision.toString())) {
      return revision;
    }
  }
  return null;
}

interface Told {
  readonly interaction_id: string;
  readonly outcome: string;
  readonly case_id: string | null;
  readonly case_number: number | null;
  readonly occurred_at: string | Date;
  readonly received_at: string | Date;
  readonly decided_at: string | Date;
}

function wordsOf(told: Told): string {
  const { interaction_id, outcome, case_id, case_number } = told;
  const times = [told.occurred_at, told.received_at, told.decided_at].map((time) => new Date(time).toISOString());
  return JSON.stringify([interaction_id, outcome, case_id, case_number, ...times]);
}
