import type { Pool } from 'pg';

/** Counts by heading and name, for people. */
export class Tally {
  private readonly counts = new Map<string, Map<string, number>>();

  add(heading: string, name: string, count = 1): void {
    const counts = this.counts.get(heading) ?? new Map<string, number>();
    this.counts.set(heading, counts.set(name, (counts.get(name) ?? 0) + count));
  }

  of(heading: string, name: string): number {
    return this.counts.get(heading)?.get(name) ?? 0;
  }

  /** Most frequent first. */
  toString(): string {
    const parts = [...this.counts].map(([heading, counts]) => {
      const rows = [...counts].sort(([, one], [, other]) => other - one);
      return [heading, ...rows.map(([name, count]) => `  ${count.toLocaleString('en').padStart(8)}  ${name}`)].join(
        '\n',
      );
    });
    return parts.join('\n');
  }
}

const COUNTED: readonly (readonly [heading: string, statement: string])[] = [
  ['interactions by outcome', 'select outcome as name, count(*)::int as count from interaction group by outcome'],
  [
    'thread rules',
    `select decision -> 'thread' ->> 'rule' as name, count(*)::int as count from interaction group by 1`,
  ],
  [
    'requesters',
    `select decision -> 'requester' ->> 'method' as name, count(*)::int as count from interaction
     where decision -> 'requester' ->> 'method' is not null group by 1`,
  ],
  [
    'assignments',
    `select decision -> 'assignment' ->> 'rule' as name, count(*)::int as count from interaction
     where decision -> 'assignment' ->> 'rule' is not null group by 1`,
  ],
  ['quarantine', `select reason || ', ' || state as name, count(*)::int as count from quarantine group by 1`],
  [
    'cases',
    `select coalesce(closed_reason, case when deleted_at is null then category else 'deleted' end) as name, count(*)::int as count
     from cases group by 1`,
  ],
  ['links', 'select kind as name, count(*)::int as count from case_link group by 1'],
];

/** Counts what the tables hold at the end. */
export async function tallyTables(pool: Pool, tally: Tally): Promise<void> {
  for (const [heading, statement] of COUNTED) {
    const { rows } = await pool.query<{ name: string; count: number }>(`${statement} order by name`);
    rows.forEach(({ name, count }) => tally.add(heading, name, count));
  }
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from interaction where cardinality(endpoints) > 1',
  );
  tally.add('interactions by outcome', '(through more than one mailbox)', rows[0]?.count ?? 0);
}
