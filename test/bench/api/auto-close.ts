import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { openLedger, settle } from '#libs/case-ledger';
import type { Interaction } from '#libs/interaction';
import { defaultAccountId, Metrics } from '#libs/runtime';
import { createApiKey } from '#libs/testing';
import { benchInteraction } from '../bench-interaction.js';
import type { BenchContext } from '../context.js';
import { percentile, type Figure } from '../figure.js';
import { withApp } from '../processes-under-bench.js';
import { checkClosed, type Reply } from './check-closed.js';
import { withCaseApi } from './case-api-process.js';
import { fillCases } from './fill-cases.js';
import { KeepAliveClient } from './keep-alive-client.js';

/** Of the cases that are written, a few are not resolved, or too new. */
const CASES_PER_DUE = 1.25;
const PATCHES_PER_SECOND = 50;
const REPLIES = 200;
const REPLY_EVERY_MS = 75;
const WARM_UP_MS = 3_000;
const GIVE_UP_MS = 600_000;

/**
 * What fell due while the timers stood still is closed, and work goes on:
 * 1. so many cases are due   2. a client changes others, at an even pace that does not wait for answers   3. case-builder starts
 * 4. requesters reply to due cases, from the first one that is closed on   5. all of them are counted
 */
export async function benchAutoClose({ server, quick, cases, say }: BenchContext): Promise<Figure[]> {
  const due = cases ?? (quick ? 10_000 : 100_000);
  const database = await server.create('auto_close');
  await fillCases(database.pool, { count: Math.ceil(due * CASES_PER_DUE), due: 1 }, say);
  await leaveDue(database.pool, due);
  const key = await createApiKey(database.pool, {
    accountId: defaultAccountId,
    name: 'agents',
    scopes: ['cases:write'],
  });
  return withCaseApi(database, async (origin, environment) => {
    const client = new KeepAliveClient(origin, { authorization: `Bearer ${key}` }, 32);
    const others = await othersOf(database.pool);
    const replies = await dueRequesters(database.pool);
    const stop = new AbortController();
    const patching = patchAll(client, others, stop.signal);
    await delay(WARM_UP_MS);
    // It looks before the timers run for the first time, which they do as soon as case-builder starts.
    const closing = closeAll(database.pool, replies);
    const span = await withApp('case-builder', environment, [], () => closing).finally(() => stop.abort());
    const patches = (await patching).filter(({ at }) => at >= span.from && at <= span.to);
    client.close();
    await checkClosed(database.pool, { due, replies }, say);
    const latencies = patches.map(({ milliseconds }) => milliseconds);
    return figuresOf(due, (span.to - span.from) / 1000, latencies);
  });
}

function figuresOf(due: number, seconds: number, latencies: readonly number[]): Figure[] {
  const figure = { bench: 'api', limit: null };
  const wanted = { atMost: (60 * due) / 100_000 };
  return [
    { ...figure, name: `auto-close of ${due.toLocaleString('en')} due cases`, unit: 's', value: seconds, wanted },
    { ...figure, name: 'PATCH of others meanwhile, p50', unit: 'ms', value: percentile(latencies, 0.5), wanted: null },
    {
      ...figure,
      name: `PATCH of others meanwhile, p99 of ${latencies.length}`,
      unit: 'ms',
      value: percentile(latencies, 0.99),
      wanted: { atMost: 100 },
    },
  ];
}

const IS_DUE = `
  account_id = $1 and category = 'resolved' and closed_at is null and not exclude_from_auto_close and deleted_at is null
  and resolved_at <= now() - interval '5 days'`;

/** In the words of an index of lists. */
const IS_CLOSED = `(case when closed_at is null then category else 'closed' end) = 'closed'`;

/** Cases whose time comes while the bench runs. */
const FALLS_DUE = `
  account_id = $1 and category = 'resolved' and closed_at is null and deleted_at is null
  and resolved_at > now() - interval '5 days' and resolved_at <= now() - interval '5 days' + interval '1 hour'`;

/** Excludes all that is due beside so many, and what falls due meanwhile. */
async function leaveDue(pool: Pool, due: number): Promise<void> {
  const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count from cases where ${IS_DUE}`, [
    defaultAccountId,
  ]);
  const more = (rows[0]?.count ?? 0) - due;
  if (more < 0) {
    throw new Error(`only ${due + more} cases are due`);
  }
  await pool.query(
    `update cases set exclude_from_auto_close = true
     where account_id = $1 and id in (select id from cases where ${IS_DUE} order by md5(id::text) limit $2)`,
    [defaultAccountId, more],
  );
  await pool.query(`update cases set exclude_from_auto_close = true where ${FALLS_DUE}`, [defaultAccountId]);
  await pool.query('vacuum analyze cases');
}

async function othersOf(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from cases where account_id = $1 and category <> 'resolved' and deleted_at is null
       and (type is null or type = 'question') limit 5000`,
    [defaultAccountId],
  );
  return rows.map(({ id }) => id);
}

/** Of cases from all over the order in which they are closed: some are closed before the reply, others after it. */
async function dueRequesters(pool: Pool): Promise<Reply[]> {
  const { rows } = await pool.query<Reply>(
    `select c.id as "caseId", i.value as address
     from (select * from cases where ${IS_DUE} order by md5(id::text) limit $2) as c
     join contact_identity i on i.account_id = c.account_id and i.contact_id = c.requester_id and i.kind = 'email'`,
    [defaultAccountId, REPLIES],
  );
  return rows;
}

/** When a request was to be sent, and the milliseconds from then to its answer. */
interface Patched {
  readonly at: number;
  readonly milliseconds: number;
}

async function patchAll(client: KeepAliveClient, caseIds: readonly string[], signal: AbortSignal): Promise<Patched[]> {
  const started = performance.now();
  const pending: Promise<Patched>[] = [];
  for (let index = 0; !signal.aborted; index += 1) {
    const at = started + (index * 1000) / PATCHES_PER_SECOND;
    await delay(Math.max(0, at - performance.now()));
    const path = `/v1/cases/${caseIds[index % caseIds.length] ?? ''}`;
    const body = JSON.stringify({ subject: `Changed for the ${index}th time` });
    pending.push(
      client.ask({ method: 'PATCH', path, body }).then(() => ({ at, milliseconds: performance.now() - at })),
    );
    // Whoever waits for all of them is told; until then nobody listens.
    pending.at(-1)?.catch(() => undefined);
  }
  return Promise.all(pending);
}

/** From the last look that found none closed to that which found none due; ends when all replies are settled, too. */
async function closeAll(
  pool: Pool,
  replies: readonly Reply[],
): Promise<{ readonly from: number; readonly to: number }> {
  const deadline = performance.now() + GIVE_UP_MS;
  let from = performance.now();
  while ((await firstOf(pool, IS_CLOSED)) === null) {
    from = performance.now();
    await delay(50);
  }
  const replying = replyAll(pool, replies);
  while ((await firstOf(pool, IS_DUE)) !== null) {
    if (performance.now() > deadline) {
      throw new Error('the due cases are not closed');
    }
    await delay(100);
  }
  const to = performance.now();
  await replying;
  return { from, to };
}

async function firstOf(pool: Pool, condition: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from cases where account_id = $1 and ${condition} limit 1`,
    [defaultAccountId],
  );
  return rows[0]?.id ?? null;
}

/** As case-builder settles a mail that it reads from its topic. */
async function replyAll(pool: Pool, replies: readonly Reply[]): Promise<void> {
  const ledger = openLedger(pool, new Metrics());
  for (const [index, { caseId, address }] of replies.entries()) {
    const mail = benchInteraction('reply', index);
    const interaction: Interaction = {
      ...mail,
      sender: { kind: 'email', value: address, name: null },
      references: [{ kind: 'case', value: caseId, via: 'recipient_token' }],
    };
    const payload = Buffer.from(JSON.stringify(interaction));
    await settle(ledger, [{ accountId: defaultAccountId, inputs: [{ kind: 'interaction', interaction, payload }] }]);
    await delay(REPLY_EVERY_MS);
  }
}
