import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { fold } from '#libs/case-domain';
import { loadCase, loadHistory } from '#libs/case-store';
import { CASE_BUILDER_GROUP, INTERACTION_TOPICS } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { waitUntil } from '#libs/testing';
import { type Parts, startParts } from '../faults/parts.js';
import { type RunningApp, startApp } from '../faults/processes.js';
import { companyFile } from './company.js';
import { compareTellings, type Comparison } from './compare-tellings.js';
import { differencesBetween } from './comparable.js';
import { readTables } from './found.js';
import type { OrderOptions } from './options.js';
import { startSending } from './send.js';
import { plannedTellings, type Telling } from './telling.js';

export interface OrdersResult extends Comparison {
  readonly tellings: number;
  readonly requests: number;
  readonly cases: number;
  readonly kills: number;
  readonly seconds: number;
  /** The longest that a request waited for its answer. */
  readonly slowestSeconds: number;
  /** Cases that their events do not add up to. */
  readonly unfolded: readonly string[];
}

/** Whether all is equal that has to be, and the rest is not. */
export function isRight({ different, unnoticed, unfolded }: OrdersResult): boolean {
  return different.length + unnoticed.length + unfolded.length === 0;
}

/** All calls are over so long before they are told of: every later instant is one of receipt. Milliseconds. */
const OVER_SINCE_MS = 10 * 60_000;
const MOST_SETTLE_SECONDS = 3;

/**
 * 1. PostgreSQL, the log, case-builder and the app for calls, each in a process
 * 2. every telling, side by side
 * 3. kills of case-builder, spread over them
 * 4. wait until time alone changes nothing any more
 * 5. compare what became of each telling, and every case with its events
 */
export async function runOrders(options: OrderOptions, say: (line: string) => void): Promise<OrdersResult> {
  const started = performance.now();
  const endedAt = Date.now() - OVER_SINCE_MS;
  const tellings = plannedTellings(options, endedAt);
  const settleSeconds = Math.min(MOST_SETTLE_SECONDS, Math.ceil(options.mostDelayMs / 2000));
  const connections = tellings.map(({ connection }) => connection);
  const parts = await startParts(options.log, 'round_robin', { file: companyFile(connections, settleSeconds) });
  const apps = new Set<RunningApp>();
  const start = async (name: string): Promise<RunningApp> => {
    const app = await startApp(name, parts.folder, parts.environment);
    apps.add(app);
    await app.ready();
    return app;
  };
  try {
    const builder = await start('case-builder');
    const { port } = await start('call');
    const sending = startSending(tellings, `http://127.0.0.1:${port}`, options.atOnce);
    say(`${tellings.length} tellings, ${sending.all} requests …`);
    const killed = killing(options.kills, { builder, sending, start: () => start('case-builder'), say });
    await Promise.all([sending.done, killed]);
    say('All are taken; waiting until nothing is left to become of them …');
    await untilSettled(parts, tellings);
    const found = await readTables(parts.pool);
    const { unfolded, cases } = await foldEach(parts);
    return {
      ...compareTellings(tellings, found, endedAt),
      unfolded,
      cases,
      tellings: tellings.length,
      requests: sending.all,
      kills: options.kills,
      slowestSeconds: sending.slowestMs() / 1000,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await Promise.all([...apps].map((app) => app.kill('SIGKILL')));
    await parts.stop({ keep: options.keep });
    say(options.keep ? `Kept in ${parts.folder}` : '');
  }
}

interface Target {
  readonly builder: RunningApp;
  readonly sending: ReturnType<typeof startSending>;
  readonly start: () => Promise<RunningApp>;
  readonly say: (line: string) => void;
}

/** Each kill comes after its share of the requests, and not before the process that was started last is ready. */
async function killing(kills: number, { builder, sending, start, say }: Target): Promise<void> {
  let running = builder;
  for (let kill = 1; kill <= kills; kill += 1) {
    const share = (sending.all * kill) / (kills + 1);
    await Promise.race([
      sending.done,
      waitUntil(
        () => sending.taken() >= share,
        120_000,
        () => `the requests do not get through: ${sending.taken()} of ${sending.all}`,
        5,
        sending.taken,
      ),
    ]);
    say(`  ${sending.taken()} taken: case-builder is killed`);
    await running.kill('SIGKILL');
    running = await start();
  }
}

/**
 * So far ahead nothing may be due: an end that nobody tells is waited for much longer. Who waits for a request that is missing
 * is another one already.
 */
const DUE_SOON = `
  select count(*)::int as due from interaction
   where due_at < now() + interval '10 minutes' and split_part(external_id, ':', 1) <> all($1)`;

async function untilSettled({ log, pool, folder }: Parts, tellings: readonly Telling[]): Promise<void> {
  const lacking = tellings.filter(({ how }) => how === 'lacking');
  const names = lacking.map(({ connection: { provider, key } }) => `${provider}/${key}`);
  let left = '';
  const isSettled = async (): Promise<boolean> => {
    const partitions = await log.lag(CASE_BUILDER_GROUP, INTERACTION_TOPICS);
    const unread = partitions.reduce((sum, { lag }) => sum + lag, 0n);
    const { rows } = await pool.query<{ due: number }>(DUE_SOON, [names]);
    left = `${unread} facts are unread and ${rows[0]?.due} interactions due soon`;
    return unread === 0n && rows[0]?.due === 0;
  };
  await waitUntil(
    async () => (await isSettled()) && (await delay(300), await isSettled()),
    180_000,
    () => `${left}: see ${folder}/case-builder.log`,
    100,
    () => left,
  );
}

/** Rebuilds every case from its events. */
async function foldEach({ pool }: Parts): Promise<Pick<OrdersResult, 'unfolded' | 'cases'>> {
  const { rows } = await pool.query<{ id: string; version: number }>('select id, version from cases order by number');
  const unfolded: string[] = [];
  for (const { id, version } of rows) {
    const view = await loadCase(pool, defaultAccountId, { by: 'id', id });
    const history = await loadHistory(pool, defaultAccountId, { caseId: id, seq: version });
    const folded = fold(history.map(({ change }) => change));
    if (history.length !== version || !isDeepStrictEqual(folded, view?.state)) {
      unfolded.push(`${id} ${differencesBetween(folded, view?.state).join('; ')}`);
    }
  }
  return { unfolded, cases: rows.length };
}
