import { textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Has content of interactions looked at: perhaps nothing refers to it any more. */
export async function suspectContents(client: Queryable, sha256s: readonly string[]): Promise<void> {
  await client.query({
    name: 'suspect_contents',
    text: `
      insert into unused_content (sha256)
      select distinct sha256 from unnest($1::text[]) as given (sha256)
      on conflict (sha256) do update set due_at = least(unused_content.due_at, excluded.due_at)`,
    values: [textArray(sha256s)],
  });
}

/** Has what only later deliveries of redacted and erased interactions brought looked at, too. */
export async function suspectRepeatedContents(client: Queryable): Promise<void> {
  await client.query({
    name: 'suspect_repeated_contents',
    text: `
      with gone as (
        delete from repeated_content r
        using interaction i
        where i.account_id = r.account_id and i.id = r.interaction_id
          and (i.redacted_at is not null or i.outcome = 'erased')
        returning r.sha256
      )
      insert into unused_content (sha256)
      select distinct sha256 from gone
      on conflict (sha256) do update set due_at = least(unused_content.due_at, excluded.due_at)`,
  });
}

/** Content that is to be looked at now, the longest due first. */
export async function findSuspectContents(client: Queryable, limit: number): Promise<string[]> {
  const rows = await rowsOf<{ sha256: string }>(client, {
    name: 'find_suspect_contents',
    text: 'select sha256 from unused_content where due_at <= now() order by due_at, sha256 limit $1',
    values: [limit],
  });
  return rows.map(({ sha256 }) => sha256);
}

/**
 * Those of the contents that something refers to: an interaction of any account, a later delivery of one, or a record that
 * waits to be replayed. Nothing keeps an index of that, because every mail would pay for it: all rows are read, once
 * for all of them.
 */
export async function findUsedContents(client: Queryable, sha256s: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ sha256: string }>(client, {
    name: 'find_used_contents',
    text: `
      with referring as (
        select payload::text as said from interaction where payload::text like any ($2::text[])
        union all
        select sha256 from repeated_content where sha256 = any ($1::text[])
        union all
        select encode(record_value, 'escape') from dead_letter
        where state = 'waiting' and encode(record_value, 'escape') like any ($2::text[])
      )
      select distinct given.sha256
      from unnest($1::text[]) as given (sha256)
      join referring on position(given.sha256 in referring.said) > 0`,
    values: [textArray(sha256s), textArray(sha256s.map((sha256) => `%${sha256}%`))],
  });
  return rows.map(({ sha256 }) => sha256);
}

/** The contents were looked at. */
export async function settleContents(client: Queryable, sha256s: readonly string[]): Promise<void> {
  await client.query({
    name: 'settle_contents',
    text: 'delete from unused_content where sha256 = any ($1::text[]) and due_at <= now()',
    values: [textArray(sha256s)],
  });
}

/** Has the contents looked at again, when some time has passed. */
export async function postponeContents(
  client: Queryable,
  sha256s: readonly string[],
  milliseconds: number,
): Promise<void> {
  await client.query({
    name: 'postpone_contents',
    text: `
      update unused_content
      set due_at = now() + make_interval(secs => $2::float8 / 1000)
      where sha256 = any ($1::text[])`,
    values: [textArray(sha256s), milliseconds],
  });
}
