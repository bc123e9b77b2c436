import { createApiKey } from '#libs/testing';
import { defaultAccountId } from '#libs/runtime';
import type { BenchContext } from '../context.js';
import { percentile, type Figure } from '../figure.js';
import { withCaseApi } from './case-api-process.js';
import { fillCases } from './fill-cases.js';
import { KeepAliveClient } from './keep-alive-client.js';
import { type ListQuery, LIST_QUERIES, FURTHER_QUERIES } from './list-queries.js';

const RUNS = 200;
const WARM_UP = 10;

/**
 * Lists of cases, asked one after another over HTTP as a client does that waits for each answer:
 * 1. cases are written set-wise   2. twelve named queries, each with other values every time   3. every filter in every order
 */
export async function benchLists(context: BenchContext): Promise<Figure[]> {
  const { server, say, quick } = context;
  const count = context.cases ?? (quick ? 100_000 : 1_000_000);
  const database = await server.create('lists');
  await fillCases(database.pool, { count, due: 0 }, say);
  const key = await createApiKey(database.pool, { accountId: defaultAccountId, name: 'lists', scopes: ['cases:read'] });
  return withCaseApi(database, async (origin) => {
    const client = new KeepAliveClient(origin, { authorization: `Bearer ${key}` }, 1);
    const figures: Figure[] = [];
    for (const query of LIST_QUERIES) {
      figures.push(...(await measure(client, query, count, say)));
    }
    figures.push(await slowestOfFurther(client, say));
    client.close();
    return figures;
  });
}

/** Milliseconds until the answer was read, and how many cases it has. */
async function ask(
  client: KeepAliveClient,
  query: string,
): Promise<{ readonly milliseconds: number; readonly rows: number }> {
  const started = performance.now();
  const text = await client.ask({ path: `/v1/cases?${query.replaceAll(' ', '%20')}` });
  const milliseconds = performance.now() - started;
  return { milliseconds, rows: (JSON.parse(text) as { data: unknown[] }).data.length };
}

async function measure(
  client: KeepAliveClient,
  { name, limit, query }: ListQuery,
  count: number,
  say: BenchContext['say'],
): Promise<Figure[]> {
  const answers = [];
  for (let run = -WARM_UP; run < RUNS; run += 1) {
    const asked = query((run + RUNS) % RUNS, count);
    const answer = await ask(client, asked);
    if (run >= 0) {
      answers.push({ asked, ...answer });
    }
  }
  const slowest = answers.reduce((one, other) => (other.milliseconds > one.milliseconds ? other : one));
  const empty = answers.filter(({ rows }) => rows === 0).length;
  say(`  ${name}: slowest ${slowest.milliseconds.toFixed(1)} ms, ${slowest.asked}; ${empty} of ${RUNS} without a case`);
  const times = answers.map(({ milliseconds }) => milliseconds);
  const figure = { bench: 'api', unit: 'ms', limit: null };
  return [
    { ...figure, name: `list: ${name}, p50`, value: percentile(times, 0.5), wanted: null },
    { ...figure, name: `list: ${name}, p99 of ${RUNS}`, value: percentile(times, 0.99), wanted: { atMost: limit } },
  ];
}

/** The least of three, so that what else the machine does is not blamed on a query. */
async function slowestOfFurther(client: KeepAliveClient, say: BenchContext['say']): Promise<Figure> {
  const measured = [];
  for (const asked of FURTHER_QUERIES) {
    const times = [await ask(client, asked), await ask(client, asked), await ask(client, asked)];
    measured.push({ asked, milliseconds: Math.min(...times.map(({ milliseconds }) => milliseconds)) });
  }
  const slowest = measured.sort((one, other) => other.milliseconds - one.milliseconds).slice(0, 8);
  slowest.forEach(({ asked, milliseconds }) => say(`  ${milliseconds.toFixed(1)} ms: ${asked}`));
  const value = slowest[0]?.milliseconds ?? Number.NaN;
  return {
    bench: 'api',
    name: `list: slowest of ${FURTHER_QUERIES.length} others`,
    unit: 'ms',
    value,
    limit: null,
    wanted: { atMost: 50 },
  };
}
