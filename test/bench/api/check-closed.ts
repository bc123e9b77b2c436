import type { Pool } from 'pg';
import { defaultAccountId } from '#libs/runtime';
import type { BenchContext } from '../context.js';

/** A due case and who asked for it. */
export interface Reply {
  readonly caseId: string;
  readonly address: string;
}

interface Counted {
  readonly replies: number;
  readonly reopened: number;
  readonly followed: number;
  readonly onClosed: number;
  readonly closed: number;
  readonly closings: number;
}

/** What became of the replies, and of the cases that were due. */
const COUNT = `
  with reply as (
    select i.id, c.id as case_id, c.closed_at, c.follow_up_of_id, c.reopen_count
    from interaction i left join cases c on c.account_id = i.account_id and c.id = i.case_id
    where i.account_id = $1 and i.external_id like 'reply-%'
  )
  select
    (select count(*)::int from reply) as replies,
    (select count(*)::int from reply where case_id = any ($2::uuid[]) and reopen_count = 1) as reopened,
    (select count(*)::int from reply where follow_up_of_id = any ($2::uuid[])) as followed,
    (select count(*)::int from reply where closed_at is not null) as "onClosed",
    (select count(*)::int from cases where account_id = $1 and closed_at is not null) as closed,
    (select count(*)::int from case_event where account_id = $1 and kind = 'closed') as closings`;

/**
 * Every reply has reopened its case or opened one that follows it up, none is on a closed case, and all other cases that
 * were due were closed once. @throws otherwise.
 */
export async function checkClosed(
  pool: Pool,
  { due, replies }: { readonly due: number; readonly replies: readonly Reply[] },
  say: BenchContext['say'],
): Promise<void> {
  const { rows } = await pool.query<Counted>(COUNT, [defaultAccountId, replies.map(({ caseId }) => caseId)]);
  const [counted] = rows;
  say(`  ${JSON.stringify(counted)}`);
  const isRight =
    counted !== undefined &&
    counted.replies === replies.length &&
    counted.reopened + counted.followed === replies.length &&
    counted.onClosed === 0 &&
    counted.closed === due - counted.reopened &&
    counted.closings === counted.closed;
  if (!isRight) {
    throw new Error(`Not every due case and reply ended as it must: ${JSON.stringify(counted)} of ${due} due`);
  }
}
