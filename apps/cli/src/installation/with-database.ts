import type { Pool } from 'pg';
import { createPool } from '#libs/postgres';
import type { CommandContext, ExitCode, Outcome } from '../context.js';
import { failed, messageOf, succeeded } from '../context.js';
import { findInstallation, type Installation } from './find-installation.js';

/** A connection pool and where it leads. */
export interface OpenDatabase {
  readonly installation: Installation;
  readonly pool: Pool;
}

/** Opens the database, lets `work` use it and closes it. Without one, or when it fails, says why and ends with 1. */
export async function withDatabase(
  context: CommandContext,
  work: (database: OpenDatabase) => Promise<ExitCode>,
): Promise<ExitCode> {
  const found = await findDatabase(context);
  if (!found.ok) {
    context.terminal.error(found.reason);
    return 1;
  }
  const { installation, url } = found.value;
  const pool = createPool({ connectionString: url, max: 4, applicationName: 'casewright-cli' });
  try {
    return await work({ installation, pool });
  } catch (error) {
    context.terminal.error(`The database or the log failed: ${messageOf(error)}.`);
    return 1;
  } finally {
    await pool.end();
  }
}

async function findDatabase(
  context: CommandContext,
): Promise<Outcome<{ readonly installation: Installation; readonly url: string }>> {
  const found = await findInstallation(context.environment);
  if (!found.ok) {
    return found;
  }
  const { databaseUrl, configuration } = found.value;
  return databaseUrl === null
    ? failed(
        `No Casewright runs with the data in ${configuration.dataDirectory}: start it with "npm start", or set DATABASE_URL.`,
      )
    : succeeded({ installation: found.value, url: databaseUrl });
}
