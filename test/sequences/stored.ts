import { declaredId } from '#libs/interaction';
import type { Pool } from 'pg';
import { OUR_ACCOUNT } from '../integration/case-api/identities.js';
import type { Modelled } from './model.js';
import { AGENTS, type AgentName, type GroupName } from './steps.js';

/** A case as it is in the tables. */
export interface Stored {
  readonly id: string;
  /** The row and its events as text, to see whether a byte of them changes. */
  readonly bytes: string;
  readonly facts: Omit<Modelled, 'trashed'> & { readonly isTrashed: boolean };
  /** Of its events: how many, and the last sequence. */
  readonly events: readonly [count: number, last: number];
}

interface Row {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly row: string;
  readonly history: string;
}

const SELECT = `
  select c.*, c::text as row, h.history, h.events, h.last, s.key as status_key,
    (select count(*)::int from comment m where m.account_id = c.account_id and m.case_id = c.id) as comments,
    array(
      select case l.from_case_id when c.id then l.to_case_id else l.from_case_id end::text from case_link l
      where l.account_id = c.account_id and c.id in (l.from_case_id, l.to_case_id) and l.kind = 'related') as related
  from cases c
  join case_status s on s.account_id = c.account_id and s.id = c.status_id
  left join lateral (
    select count(*)::int as events, max(seq)::int as last, string_agg(e::text, '|' order by seq) as history
    from case_event e where e.account_id = c.account_id and e.case_id = c.id) h on true
  where c.account_id = $1 and c.id = any($2)`;

export async function storedCases(pool: Pool, ids: readonly string[]): Promise<Map<string, Stored>> {
  const { rows } = await pool.query<Row>(SELECT, [OUR_ACCOUNT, ids]);
  return new Map(rows.map((row) => [row.id, storedOf(row)]));
}

const agentNamed = (id: unknown): AgentName | null =>
  AGENTS.find((name) => declaredId(OUR_ACCOUNT, 'agent', `${name}@acme.example`) === id) ?? null;
const groupNamed = (id: unknown): GroupName => (declaredId(OUR_ACCOUNT, 'group', 'Sales') === id ? 'Sales' : 'Support');

function storedOf(row: Row): Stored {
  const facts = {
    id: row.id,
    category: row['category'] as Modelled['category'],
    isLab: row['status_key'] === 'with_the_lab',
    isClosed: row['closed_at'] !== null,
    isTrashed: row['deleted_at'] !== null,
    assignee: agentNamed(row['assignee_id']),
    group: groupNamed(row['group_id']),
    auto: row['auto_assign'] as boolean,
    version: row['version'] as number,
    resolution: row['resolution'] as string | null,
    reopenCount: row['reopen_count'] as number,
    type: row['type'] as Modelled['type'],
    problem: row['problem_id'] as string | null,
    parent: row['parent_id'] as string | null,
    priority: row['priority'] as string | null,
    tags: [...(row['tags'] as string[])].sort(),
    isFollowed: (row['participants'] as string[]).length > 0,
    comments: row['comments'] as number,
    related: [...(row['related'] as string[])].sort(),
    isExcluded: row['exclude_from_auto_close'] as boolean,
  };
  const events = [row['events'] as number, row['last'] as number] as const;
  return { id: row.id, bytes: `${row.row}\n${row.history}`, facts, events };
}
