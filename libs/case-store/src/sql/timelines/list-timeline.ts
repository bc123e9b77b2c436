import { rowsOf, type Queryable } from '../../queryable.js';

export const TIMELINE_KINDS = ['interaction', 'comment', 'event'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** Something that happened in a case, by name. */
export interface TimelineEntry {
  readonly kind: TimelineKind;
  readonly at: Date;
  readonly id: string;
}

/** Where a page ended. */
export interface TimelinePosition {
  /** ISO 8601. */
  readonly at: string;
  readonly id: string;
}

/** Each part is read from its own index, and no further than a page. */
const partOf = (kind: TimelineKind, table: string, at: string): string => `
  (
    select '${kind}' as kind, ${at} as at, id from ${table}
    where account_id = $1 and case_id = $2 and '${kind}' = any ($3)
      and ($4::timestamptz is null or (${at}, id) > ($4::timestamptz, $5::uuid))
    order by ${at}, id limit $6
  )`;

const TEXT = `
  select kind, at, id
  from (
    ${[
      partOf('interaction', 'interaction', 'occurred_at'),
      partOf('comment', 'comment', 'created_at'),
      partOf('event', 'case_event', 'recorded_at'),
    ].join(' union all ')}
  ) as part
  order by at, id
  limit $6`;

/** What happened in a case, oldest first: what was said, what was written, and what changed. */
export async function listTimeline(
  client: Queryable,
  accountId: string,
  caseId: string,
  page: {
    readonly kinds: readonly TimelineKind[];
    readonly limit: number;
    readonly after: TimelinePosition | null;
  },
): Promise<TimelineEntry[]> {
  const { kinds, limit, after } = page;
  return rowsOf<TimelineEntry>(client, {
    name: 'list_timeline',
    text: TEXT,
    values: [accountId, caseId, kinds, after?.at ?? null, after?.id ?? null, limit],
  });
}
