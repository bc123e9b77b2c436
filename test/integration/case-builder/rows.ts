import { recordsOf } from '#libs/case-ledger';
import { type OutboxRecord, type Queryable, readOutbox } from '#libs/case-store';

/** Every table that a batch writes, as text: equal texts are equal rows. */
const WRITTEN = ['cases', 'interaction', 'thread_key', 'case_event', 'case_link', 'contact', 'contact_identity'];

export async function writtenRows(client: Queryable): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of [...WRITTEN, 'outbox', 'dead_letter']) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${table} t order by 1`);
    tables[table] = rows.map(({ row }) => row);
  }
  return tables;
}

/** What the relay would publish now to the topic. */
export async function outboxRecords(client: Queryable, topic: string): Promise<OutboxRecord[]> {
  const { rows } = await client.query<{ id: string }>('select id from outbox order by id');
  const entries = await readOutbox(
    client,
    rows.map(({ id }) => id),
  );
  return (await recordsOf(client, entries)).filter((record) => record.topic === topic);
}

export function dataOf<Data = Record<string, unknown>>(record: OutboxRecord | undefined): Data {
  return JSON.parse(record?.value?.toString() ?? 'null') as Data;
}

export interface CaseFacts {
  readonly id: string;
  readonly category: string;
  readonly closed: boolean;
  readonly assignee_id: string | null;
  readonly follow_up_of_id: string | null;
  readonly interaction_count: number;
  readonly version: number;
}

export async function allCases(client: Queryable): Promise<CaseFacts[]> {
  const { rows } = await client.query<CaseFacts>(`
    select id, category, closed_at is not null as closed, assignee_id, follow_up_of_id, interaction_count, version
    from cases order by number`);
  return rows;
}

export async function outcomes(client: Queryable): Promise<Record<string, number>> {
  const { rows } = await client.query<{ outcome: string; count: number }>(
    'select outcome, count(*)::int as count from interaction group by outcome',
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}
