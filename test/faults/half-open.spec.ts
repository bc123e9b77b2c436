import { expect, it } from '@jest/globals';
import { interactionRecord } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { aMail, startTcpProxy, type TcpProxy, waitUntil } from '#libs/testing';
import { readFoundRows } from './found-rows.js';
import { lagOf } from './killer.js';
import { type Parts, startParts } from './parts.js';
import { type RunningApp, startApp } from './processes.js';

const MAILS = 40;
/** Half a minute, and what a loaded machine takes to begin anew. */
const MOST_STANDSTILL_MS = 45_000;

it('connections to PostgreSQL that answer nothing any more are given up, and the work goes on over new ones', async () => {
  const parts = await startParts('embedded', 'manual');
  const proxy = await startTcpProxy({ port: Number(new URL(parts.connectionString).port) });
  let builder: RunningApp | null = null;
  try {
    builder = await builderThrough(proxy, parts);
    await publish(parts, 'before');
    await untilSettled(parts, MAILS, 60_000);
    // As after a failover: who connects now is served, who was connected hears nothing.
    proxy.set({ mode: 'hang', only: 'present' });
    await publish(parts, 'during');
    await untilSettled(parts, 2 * MAILS, MOST_STANDSTILL_MS);
    proxy.set({});
    const { cases, interactions, gapped, miscounted } = await readFoundRows(parts.pool);
    expect([cases, interactions, gapped, miscounted]).toEqual([2 * MAILS, 2 * MAILS, 0, 0]);
  } finally {
    await builder?.kill('SIGKILL');
    await proxy.close();
    await parts.stop({ keep: false });
  }
}, 240_000);

async function builderThrough(proxy: TcpProxy, { folder, environment, connectionString }: Parts): Promise<RunningApp> {
  const url = new URL(connectionString);
  url.port = String(proxy.port);
  const builder = await startApp('case-builder', folder, { ...environment, DATABASE_URL: url.href });
  await builder.ready();
  return builder;
}

function publish({ log }: Parts, name: string): Promise<void> {
  const mails = Array.from({ length: MAILS }, (_, index) =>
    aMail({ messageId: `${name}-${index}@example.org` }, { accountId: defaultAccountId }),
  );
  return log.publish(mails.map((mail) => interactionRecord(mail)));
}

/** So many are decided, and everything is told and read. */
async function untilSettled(parts: Parts, count: number, withinMs: number): Promise<void> {
  const isDone = async (): Promise<boolean> => {
    const { rows } = await parts.pool.query<{ settled: number; waiting: number }>(
      `select (select count(*)::int from interaction) as settled, (select count(*)::int from outbox) as waiting`,
    );
    return rows[0]?.settled === count && rows[0].waiting === 0 && (await lagOf(parts)) === 0;
  };
  await waitUntil(isDone, withinMs, () => `the work does not go on: see ${parts.folder}/case-builder.log`, 100);
}
