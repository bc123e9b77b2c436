import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { aForgery, flood, watchMemory } from './flood.js';
import { provokeReasons, REASONS_FILE } from './reasons.js';
import { startTelephoneCompany, type TelephoneCompany } from './telephone-company.js';

const HELP = `Calls the connections of a standalone of its own, and looks at its delivery log.

  node test/deliveries/run.mjs [--requests 1000000]   forged webhooks, over 64 connections: fails when one was taken, when
                                                      a connection has more than 1,000 rows in an hour, a file was written, or
                                                      the memory of the program grew by more than 64 MB after its first quarter
  node test/deliveries/run.mjs --rate 500             each reason, provoked while so many webhooks come in a second: fails
                                                      when the log says one later than after 2 s

The machine has to have nothing else to do.
`;

/** Rows of a connection in one hour of the clock. */
const MOST_ROWS = 1_000;

const LATEST_MS = 2_000;

/** What young objects may take at one time and not at another. */
const MOST_GROWTH_MB = 64;

async function main(): Promise<number> {
  const options = {
    requests: { type: 'string', default: '1000000' },
    rate: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  const { requests, rate, help } = parseArgs({ options }).values;
  if (help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const company = await startTelephoneCompany({ file: REASONS_FILE });
  try {
    const isHeld =
      rate === undefined ? await holdsAFlood(company, Number(requests)) : await saysInTime(company, Number(rate));
    return isHeld ? 0 : 1;
  } finally {
    await company.stop();
  }
}

async function holdsAFlood(company: TelephoneCompany, count: number): Promise<boolean> {
  const files = await company.blobs();
  const begun = performance.now();
  const stop = new AbortController();
  const watching = watchMemory(company, stop.signal);
  const answers = await flood(company, count, aForgery).finally(() => stop.abort());
  const seconds = (performance.now() - begun) / 1000;
  const { early, late } = quarters(await watching);
  // Longer than a row waits to be written.
  await sleep(1_000);
  const { rows } = await company.pool.query<{ most: number; all: number }>(`
    select coalesce(max(count), 0)::int as most, coalesce(sum(count), 0)::int as all from (
      select count(*) from delivery group by connection, date_trunc('hour', received_at)
    ) by_hour`);
  const { most = 0, all = 0 } = rows[0] ?? {};
  const written = (await company.blobs()).length - files.length;
  const said = { requests: count, perSecond: Math.round(count / seconds), answers: Object.fromEntries(answers) };
  const megabytes = { secondQuarter: early, lastQuarter: late };
  process.stdout.write(`${JSON.stringify({ ...said, rows: all, mostInAnHour: most, files: written, megabytes })}\n`);
  const isFew = most <= MOST_ROWS && all > 0 && written === 0;
  return answers.get(403) === count && isFew && late <= early + MOST_GROWTH_MB;
}

/** The most that was seen in the second and in the last quarter; in the first one the program still gets what it needs. */
function quarters(seen: readonly number[]): { readonly early: number; readonly late: number } {
  const quarter = Math.ceil(seen.length / 4);
  return { early: Math.max(...seen.slice(quarter, 2 * quarter)), late: Math.max(...seen.slice(-quarter)) };
}

async function saysInTime(company: TelephoneCompany, rate: number): Promise<boolean> {
  const provoked = await provokeReasons(company, rate);
  process.stdout.write(`${JSON.stringify({ rate, ...provoked })}\n`);
  return provoked.accepted > 0.8 * rate && Object.values(provoked.took).every((took) => took <= LATEST_MS);
}

process.exitCode = await main();
