import { readFile, rm, writeFile } from 'node:fs/promises';

import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { startTimeOf } from './process/process-identity.js';

interface Owner {
  readonly pid: number;
  readonly startedAt: string | null;
}

/**
 * Notes that this process uses the folder, and refuses when another living one does: its server must not be
 * mistaken for one that a dead process left behind.
 */
export async function claimFolder(dataDirectory: string): Promise<() => Promise<void>> {
  const file = `${dataDirectory}/owner.json`;
  const owner = await readOwner(file);
  if (owner && owner.startedAt !== null && (await startTimeOf(owner.pid)) === owner.startedAt) {
    throw new EmbeddedPostgresError(
      `Process ${owner.pid} is already running Casewright on ${dataDirectory}: stop it first, or set another DATA_DIR.`,
    );
  }
  const self: Owner = { pid: process.pid, startedAt: await startTimeOf(process.pid) };
  await writeFile(file, JSON.stringify(self), { mode: 0o600 });
  return () => rm(file, { force: true });
}

async function readOwner(file: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner;
  } catch {
    return null;
  }
}
