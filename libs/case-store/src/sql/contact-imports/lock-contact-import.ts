import type { Queryable } from '../../queryable.js';
import { rowsOf } from '../../queryable.js';

/** Keeps every other process from working on an import while the connection lives; false when one does. */
export async function lockContactImport(client: Queryable, importId: string): Promise<boolean> {
  const rows = await rowsOf<{ locked: boolean }>(client, {
    text: `select pg_try_advisory_lock(hashtextextended('contact-import ' || $1, 0)) as locked`,
    values: [importId],
  });
  return rows[0]?.locked === true;
}
