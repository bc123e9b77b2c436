import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CASE_BUILDER_GROUP, INTERACTION_TOPICS } from '#libs/interaction';
import { freePort, waitUntil } from '#libs/testing';
import { startParts, type Parts } from '../parts.js';
import { ROOT, startProgram, type RunningApp } from '../processes.js';
import type { LossOptions } from './options.js';

/** What the checker counted; see `check.mjs`. */
export interface Losses {
  readonly events: number;
  readonly calls: number;
  readonly missing: number;
  readonly doubled: number;
  readonly astray: number;
  readonly otherOutcome: number;
  readonly unfolded: number;
  readonly refused: number;
  readonly examples: readonly unknown[];
}

export interface LossResult {
  readonly right: boolean;
  readonly losses: Losses;
  readonly seconds: number;
  /** What was killed, in order. */
  readonly kills: readonly string[];
}

/**
 * 1. PostgreSQL, the log, case-builder and the app for calls, each in a process
 * 2. the sender, in a process of its own, with its own ledger
 * 3. kills, spread over the load; each process is started again at the same place
 * 4. wait until nothing is left to do
 * 5. the checker holds ledger against database
 */
export async function runLosses(options: LossOptions, say: (line: string) => void): Promise<LossResult> {
  say(`Starting PostgreSQL and the ${options.log} log …`);
  const parts = await startParts(options.log, 'round_robin', { more: await telephony(), ownBroker: true });
  const apps = new Map<AppName, RunningApp>();
  try {
    const port = await freePort();
    const start = async (name: AppName): Promise<void> => {
      const program = { name, file: `apps/${name}/src/main.js`, ...(name === 'call' ? { port } : {}) };
      const app = await startProgram(program, parts.folder, parts.environment);
      apps.set(name, app);
      await app.ready();
    };
    await start('case-builder');
    await start('call');
    return await underFire(options, { parts, apps, start, url: `http://127.0.0.1:${port}` }, say);
  } finally {
    await Promise.all([...apps.values()].map((app) => app.kill('SIGKILL')));
    await parts.stop({ keep: options.keep });
    say(options.keep ? `Kept in ${parts.folder}` : '');
  }
}

type AppName = 'case-builder' | 'call';

interface Field {
  readonly parts: Parts;
  readonly apps: ReadonlyMap<AppName, RunningApp>;
  readonly start: (name: AppName) => Promise<void>;
  readonly url: string;
}

async function underFire(
  options: LossOptions,
  { parts, apps, start, url }: Field,
  say: (line: string) => void,
): Promise<LossResult> {
  const ledger = join(parts.folder, 'ledger.txt');
  const started = performance.now();
  const sender = startSender(options, { url, ledger });
  const kills = killsOf(options);
  const strike = async (what: Kill): Promise<void> => {
    if (what === 'log') {
      await (options.log === 'kafka' ? parts.crashBroker(500) : parts.crashDatabase(500));
      return;
    }
    const name = what === 'builder' ? 'case-builder' : 'call';
    await apps.get(name)?.kill('SIGKILL');
    await start(name);
  };
  for (const [index, what] of kills.entries()) {
    await sender.acknowledged((options.webhooks * (index + 1)) / (kills.length + 1));
    say(`  ${sender.count()} acknowledged: ${what} is killed`);
    await strike(what);
  }
  await sender.ended;
  const seconds = (performance.now() - started) / 1000;
  say(`${sender.count()} acknowledged in ${seconds.toFixed(1)} s; waiting until all are settled …`);
  await untilSettled(parts);
  const losses = await check(options, { ledger, database: parts.connectionString });
  return { right: losses.right, losses: losses.counted, seconds, kills };
}

type Kill = 'log' | 'builder' | 'call';

/** Mixed, so that no kill of one kind comes right after another of its kind. */
function killsOf({ kills }: LossOptions): Kill[] {
  const placed = (what: Kill, count: number) =>
    Array.from({ length: count }, (_, index) => ({ what, at: (index + 1) / (count + 1) }));
  return [...placed('builder', kills.builder), ...placed('call', kills.call), ...placed('log', kills.log)]
    .sort((one, other) => one.at - other.at)
    .map(({ what }) => what);
}

function startSender(options: LossOptions, { url, ledger }: { readonly url: string; readonly ledger: string }) {
  const { webhooks, connections, seed } = options;
  const words = { url, ledger, webhooks, connections, seed };
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'test/faults/webhooks/send.mjs'),
      ...Object.entries(words).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let count = 0;
  createInterface({ input: child.stdout }).on('line', (line) => void (count = Number(line)));
  const ended = once(child, 'exit').then(([code]) => {
    if (code !== 0) {
      throw new Error(`the sender ended with ${String(code)}`);
    }
  });
  return {
    ended,
    count: () => count,
    acknowledged: (wanted: number) =>
      waitUntil(
        async () => count >= wanted,
        300_000,
        () => `the webhooks do not get through: ${count} of ${wanted}`,
        10,
      ),
  };
}

/** Everything that was published is decided, and that for a moment. */
async function untilSettled({ log, folder }: Parts): Promise<void> {
  let waiting = '';
  const isSettled = async (): Promise<boolean> => {
    const partitions = await log.lag(CASE_BUILDER_GROUP, INTERACTION_TOPICS);
    waiting = partitions.reduce((sum, { lag }) => sum + lag, 0n).toString();
    return waiting === '0';
  };
  await waitUntil(
    async () => (await isSettled()) && (await delay(300), await isSettled()),
    300_000,
    () => `${waiting} facts are unread: see ${folder}/case-builder.log`,
    100,
    () => waiting,
  );
}

async function check(
  { seed }: LossOptions,
  { ledger, database }: { readonly ledger: string; readonly database: string },
): Promise<{ readonly right: boolean; readonly counted: Losses }> {
  const words = ['--ledger', ledger, '--database', database, '--seed', String(seed)];
  const run = promisify(execFile)(process.execPath, [join(ROOT, 'test/faults/webhooks/check.mjs'), ...words]);
  const { stdout, right } = await run.then(
    (done) => ({ stdout: done.stdout, right: true }),
    (error: { readonly stdout: string; readonly stderr: string }) => {
      if (error.stdout === '') {
        throw new Error(`the checker failed: ${error.stderr}`);
      }
      return { stdout: error.stdout, right: false };
    },
  );
  return { right, counted: JSON.parse(stdout) as Losses };
}

/** The two connections that the planned calls come in by. */
async function telephony(): Promise<string> {
  const plan = (await import(pathToFileURL(join(ROOT, 'test/faults/webhooks/planned-calls.mjs')).href)) as Record<
    'GENERIC_SECRET' | 'TWILIO_TOKEN' | 'TWILIO_ACCOUNT' | 'PUBLIC_URL' | 'LINE',
    string
  >;
  return `telephony:
  - { provider: generic, key: pbx, secret: ${plan.GENERIC_SECRET}, group: Support, country: PT, recordings: none,
      numbers: [{ number: '${plan.LINE}', group: Support }] }
  - { provider: twilio, key: main, publicUrl: ${plan.PUBLIC_URL}, authToken: '${plan.TWILIO_TOKEN}',
      accountSid: ${plan.TWILIO_ACCOUNT}, group: Support, country: PT, recordings: none }
`;
}
