import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { type ContactImport, findContactImport, insertContactImport, lockContactImport } from '#libs/case-store';
import { newId } from '#libs/interaction';
import { failed, succeeded, type Outcome } from '../../context.js';
import type { ImportSettings } from './describe-plan.js';
import { setTimeout as wait } from 'node:timers/promises';

/** A file and how it is read. */
export interface FileToImport {
  readonly accountId: string;
  readonly fileSha256: string;
  readonly settings: ImportSettings;
}

/** The import of a file that did not come to its end, or else a new one. */
export async function beginImport(
  pool: Pool,
  { accountId, fileSha256, settings }: FileToImport,
): Promise<ContactImport> {
  const settingsSha256 = createHash('sha256').update(JSON.stringify(settings)).digest('hex');
  const begun = { accountId, id: newId(), fileSha256, settings, settingsSha256, startedAt: new Date().toISOString() };
  await insertContactImport(pool, begun);
  const found = await findContactImport(pool, accountId, { fileSha256, settingsSha256 });
  if (found === null) {
    throw new Error('the import that was begun is gone: another process has ended it');
  }
  return found;
}

/** An import by its id. It goes on with the bytes that it began with, or not at all. */
export async function importToResume(
  pool: Pool,
  { accountId, id, fileSha256 }: { readonly accountId: string; readonly id: string; readonly fileSha256: string },
): Promise<Outcome<ContactImport>> {
  const found = await findContactImport(pool, accountId, { id });
  if (found === null) {
    return failed(`There is no import ${id} here.`);
  }
  return found.fileSha256 === fileSha256
    ? succeeded(found)
    : failed('The file is another one than when the import began, or was changed: import it without --resume.');
}

/** How long the connection of a run that was killed may still look alive, in attempts of half a second. */
const MOST_ATTEMPTS = 20;

/** Lets `work` have the import alone; null when another process works on it. */
export async function alone<Result>(pool: Pool, importId: string, work: () => Promise<Result>): Promise<Result | null> {
  const client = await pool.connect();
  try {
    for (let attempt = 1; !(await lockContactImport(client, importId)); attempt += 1) {
      if (attempt === MOST_ATTEMPTS) {
        return null;
      }
      await wait(500);
    }
    return await work();
  } finally {
    // The lock goes with the connection.
    client.release(true);
  }
}
