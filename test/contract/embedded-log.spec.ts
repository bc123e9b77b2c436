import { createEmbeddedLog, type EmbeddedLog, type EventLog } from '#libs/messaging';
import { testDatabase } from '#libs/testing';

import { eventLogContract } from './event-log.contract.js';

const SILENCE_MS = 2_000;

eventLogContract('The embedded log', async () => {
  const database = await testDatabase({ max: 20 });
  const { pool, connectionString } = database;
  const times = { silenceLimitMs: SILENCE_MS, heartbeatMs: 200, firstBackoffMs: 20, maxBackoffMs: 200 };
  return {
    open: () => createEmbeddedLog({ pool, connectionString, times }),
    childEnvironment: { LOG_CHILD: JSON.stringify({ embedded: { connectionString, times } }) },
    silenceMs: SILENCE_MS,
    tidy: async (log: EventLog) => void (await (log as EmbeddedLog).trim()),
    close: () => database.drop(),
  };
});
