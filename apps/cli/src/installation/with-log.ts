import type { EventLog } from '#libs/messaging';
import type { CommandContext, ExitCode } from '../context.js';
import { openLog } from './open-log.js';
import { withDatabase, type OpenDatabase } from './with-database.js';

/** Like `withDatabase`, with the log opened too. */
export async function withLog(
  context: CommandContext,
  work: (log: EventLog, database: OpenDatabase) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withDatabase(context, async (database) => {
    const log = await openLog(database.installation, database.pool);
    try {
      return await work(log, database);
    } finally {
      await log.close();
    }
  });
}
