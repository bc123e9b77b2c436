import { openEventLog, silentLogger, type EventLog } from '#libs/messaging';
import type { CommandContext, ExitCode } from '../context.js';
import { withDatabase, type OpenDatabase } from './with-database.js';

/** Like `withDatabase`, with the log opened too: Kafka when the installation has brokers, else the one in its database. */
export async function withLog(
  context: CommandContext,
  work: (log: EventLog, database: OpenDatabase) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withDatabase(context, async (database) => {
    const log = await openLog(database);
    try {
      return await work(log, database);
    } finally {
      await log.close();
    }
  });
}

/** Rejects when the log cannot be reached. */
export function openLog({ installation, pool }: OpenDatabase): Promise<EventLog> {
  const { brokers, configuration, databaseUrl } = installation;
  const kafka = { ...configuration.kafka, brokers: [...brokers] };
  return openEventLog({ kafka }, { pool, connectionString: databaseUrl ?? '' }, silentLogger);
}
