import { setTimeout as delay } from 'node:timers/promises';
import { freePort, waitUntil } from '#libs/testing';
/**
 * The fault test.
 *   1 start PostgreSQL, the log, the email app and case-builder   2 send the plan over SMTP, poison straight to the topic
 *   3 meanwhile kill case-builder again and again                 4 wait until nothing is left to do
 *   5 count, and compare with what the plan expects
 */
import { compare, isRight, tableOf, type Comparison } from './compare.js';
import { readFoundRecords } from './found-records.js';
import { readFoundRows } from './found-rows.js';
import { EMAIL_TOPIC, lagOf, makeKiller, type KillReport } from './killer.js';
import type { FaultOptions } from './options.js';
import { startParts, type Parts } from './parts.js';
import { makePlan, type Plan } from './plan.js';
import { startApp, type RunningApp } from './processes.js';
import { seededRandom } from './random.js';
import { sendAll, type Progress } from './sender.js';

export interface FaultResult {
  readonly right: boolean;
  readonly comparisons: readonly Comparison[];
  readonly report: string;
}

/** Runs once and says how it went. Throws when a part does not start or the work does not come to its end. */
export async function runFaults(options: FaultOptions, say: (line: string) => void): Promise<FaultResult> {
  const plan = makePlan(options);
  say(`Starting PostgreSQL and the ${options.log} log …`);
  const parts = await startParts(options.log);
  const apps: RunningApp[] = [];
  try {
    return await underFire(options, plan, parts, apps, say);
  } finally {
    await Promise.all(apps.map((app) => app.kill('SIGKILL')));
    await parts.stop({ keep: options.keep });
    say(options.keep ? `Kept in ${parts.folder}` : '');
  }
}

async function underFire(
  options: FaultOptions,
  plan: Plan,
  parts: Parts,
  apps: RunningApp[],
  say: (line: string) => void,
): Promise<FaultResult> {
  const smtpPort = await freePort();
  const builder = await startApp('case-builder', parts.folder, parts.environment);
  apps.push(builder);
  await builder.ready();
  const email = await startApp('email', parts.folder, { ...parts.environment, SMTP_PORT: String(smtpPort) });
  apps.push(email);
  await email.ready();
  say(`Sending ${plan.sendings.length}, killing case-builder ${options.kills} times …`);
  const progress: Progress = { sent: 0, retries: 0, refusals: [] };
  const killer = makeKiller(parts, builder, {
    kills: options.kills,
    sendings: plan.sendings.length,
    random: seededRandom(options.seed + 1),
    sent: () => progress.sent,
  });
  const started = performance.now();
  const sending = sendAll(
    plan.sendings,
    {
      smtpPort,
      connections: options.connections,
      publishPoison: ({ key, value }) => parts.log.publish([{ topic: EMAIL_TOPIC, key, value, headers: {} }]),
      gate: () =>
        waitUntil(
          async () => progress.sent < killer.allowed(),
          300_000,
          () => 'the kills do not go on',
          5,
        ),
    },
    progress,
  );
  const [survivor] = await Promise.all([killer.run(), sending]);
  apps.push(survivor);
  const sentSeconds = (performance.now() - started) / 1000;
  await untilDone(parts);
  const doneSeconds = (performance.now() - started) / 1000;
  return conclude(plan, parts, progress, killer.report, [sentSeconds, doneSeconds]);
}

/** Nothing unread, nothing in the outbox, and that for a moment. */
async function untilDone(parts: Parts): Promise<void> {
  let left = '';
  const isDone = async (): Promise<boolean> => {
    const { rows } = await parts.pool.query<{ waiting: number }>('select count(*)::int as waiting from outbox');
    left = `${rows[0]?.waiting} in the outbox, ${await lagOf(parts)} unread`;
    return left === '0 in the outbox, 0 unread';
  };
  const settled = async (): Promise<boolean> => (await isDone()) && (await delay(500), await isDone());
  await waitUntil(
    settled,
    120_000,
    () => `the work stands still (${left}): see ${parts.folder}/case-builder.log`,
    100,
    () => left,
  );
}

async function conclude(
  plan: Plan,
  parts: Parts,
  progress: Progress,
  kills: KillReport,
  [sentSeconds = 0, doneSeconds = 0]: readonly number[],
): Promise<FaultResult> {
  const rows = await readFoundRows(parts.pool);
  const records = await readFoundRecords(parts.log);
  const comparisons = [
    ...compare(plan.expected, rows, records),
    { what: 'mails refused for good', expected: 0, found: progress.refusals.length },
  ];
  const rate = Math.round(plan.sendings.length / sentSeconds);
  const report = [
    `Log ${parts.log.kind}: ${plan.sendings.length} sendings in ${sentSeconds.toFixed(1)} s (${rate}/s), ` +
      `all done after ${doneSeconds.toFixed(1)} s; ${progress.retries} mails were sent again after no answer.`,
    `case-builder was killed ${kills.kills} times; records waiting at each kill: ${kills.lagAtKill.join(', ') || '–'}.`,
    `case.events.v1 carries ${records.repeatedEvents} repetitions, dropped by ce_id.`,
    '',
    tableOf(comparisons),
    ...progress.refusals.slice(0, 5),
  ].join('\n');
  return { right: comparisons.every(isRight), comparisons, report };
}
