import type { Pool } from 'pg';

/** Longer than an outcome waits for the log: what refers to the same bytes is in its interaction by then. */
const AFTER_HOURS = 24;

/** Has bytes of a sound looked at, a day later: perhaps nothing refers to them. The timers of case-builder do that. */
export async function suspectSound(pool: Pool, sha256: string): Promise<void> {
  await pool.query({
    name: 'recording-suspect-sound',
    text: `
      insert into unused_content (sha256, due_at) values ($1, now() + $2 * interval '1 hour')
      on conflict (sha256) do update set due_at = greatest(unused_content.due_at, excluded.due_at)`,
    values: [sha256, AFTER_HOURS],
  });
}
