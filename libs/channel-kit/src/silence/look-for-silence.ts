import type { Pool } from 'pg';
import { transaction } from '#libs/postgres';
import { isTooLong, silenceAfter, type ConnectionSilence, type SilenceLimit, type SilenceLook } from './silence.js';
import { findHeardEvents } from './sql/find-heard-events.js';
import { listSilences } from './sql/list-silences.js';
import { saveSilences } from './sql/save-silences.js';

/** A connection that was looked at. */
export interface SilenceFinding {
  readonly silence: ConnectionSilence;
  readonly limit: SilenceLimit;
  readonly isTooLong: boolean;
  /** Its silence became too long by this look, and whoever gets this is to say so: nobody else is told. */
  readonly isNew: boolean;
}

/**
 * Looks how long connections have been silent, beside any number of processes that do. Those that have never sent anything are
 * left out. Rejects when the database fails.
 */
export async function lookForSilence(
  { pool, accountId }: { readonly pool: Pool; readonly accountId: string },
  limits: readonly SilenceLimit[],
  look: SilenceLook,
): Promise<SilenceFinding[]> {
  const names = limits.map(({ connection }) => connection);
  return transaction(pool, async (client) => {
    // One at a time, so that one of them is the first to find a silence too long.
    await client.query(`select pg_advisory_xact_lock(hashtext('connection_silence'))`);
    const known = new Map((await listSilences(client, accountId, names)).map((one) => [one.connection, one]));
    const until = names.map((connection) => ({
      connection,
      lastDelivery: known.get(connection)?.lastDelivery ?? null,
    }));
    const heard = new Map((await findHeardEvents(client, accountId, until)).map((one) => [one.connection, one]));
    const findings = limits.flatMap((limit) => {
      const { connection } = limit;
      const silence = silenceAfter(known.get(connection) ?? null, heard.get(connection) ?? null, look);
      return silence === null ? [] : [findingOf(silence, limit)];
    });
    await saveSilences(
      client,
      accountId,
      findings.map(({ silence }) => silence),
    );
    return findings;
  });
}

function findingOf(silence: ConnectionSilence, limit: SilenceLimit): SilenceFinding {
  const isLong = isTooLong(silence, limit);
  return { silence: { ...silence, isTold: isLong }, limit, isTooLong: isLong, isNew: isLong && !silence.isTold };
}
