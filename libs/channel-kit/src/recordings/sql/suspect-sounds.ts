import type { Pool } from 'pg';

/** Longer than an outcome waits for the log: what refers to the same bytes is in its interaction by then. */
const AFTER_HOURS = 24;

/** Has bytes of sounds looked at, a day later: perhaps nothing refers to them. The timers of case-builder do that. */
export async function suspectSounds(pool: Pool, sha256s: readonly string[]): Promise<void> {
  await pool.query({
    name: 'recording-suspect-sounds',
    text: `
      insert into unused_content (sha256, due_at)
      select distinct sha256, now() + $2 * interval '1 hour' from unnest($1::text[]) as given (sha256)
      order by sha256
      on conflict (sha256) do update set due_at = greatest(unused_content.due_at, excluded.due_at)`,
    values: [sha256s, AFTER_HOURS],
  });
}
