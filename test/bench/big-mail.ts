import { setTimeout as delay } from 'node:timers/promises';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '#libs/testing';
import { ROOT, type RunningApp } from '../faults/processes.js';
import { startParts } from '../faults/parts.js';
import { openSmtp } from '../mails/smtp-client.js';
import { sixKilobytes, withAttachment } from './bench-mails.js';
import type { BenchContext } from './context.js';
import type { Figure } from './figure.js';
import { withApp } from './processes-under-bench.js';
import type { Watched } from './watch-process.js';

const HUNDRED_MEGABYTES = 100 * 1024 * 1024;

/** One mail of 100 MB through the email app: its peak memory, and how long its event loop was held up at worst. */
export async function benchBigMail({ say }: BenchContext): Promise<Figure[]> {
  const parts = await startParts('embedded', 'manual');
  const smtpPort = await freePort();
  const watchFile = join(parts.folder, 'watched.json');
  const watch = ['--import', pathToFileURL(join(ROOT, 'dist/test/bench/watch-process.js')).href];
  const environment = { ...parts.environment, SMTP_PORT: String(smtpPort), WATCH_FILE: watchFile };
  try {
    const { before, after, seconds } = await withApp('email', environment, watch, (app) =>
      sendBig(app, smtpPort, watchFile),
    );
    say(`  took ${seconds.toFixed(1)} s; the process had ${Math.round(before.peakMegabytes)} MB before`);
    const figure = (name: string, unit: string, value: number, atMost: number): Figure => {
      return { bench: 'big-mail', name, unit, value, limit: null, wanted: { atMost } };
    };
    return [
      figure('peak resident memory, one 100 MB mail', 'MB', after.peakMegabytes, 300),
      figure('longest hold-up of the event loop', 'ms', after.longestBlockMs, 100),
    ];
  } finally {
    await parts.stop({ keep: false });
  }
}

async function sendBig(app: RunningApp, smtpPort: number, watchFile: string) {
  const connection = await openSmtp(smtpPort);
  // The first mails start the worker and compile; what they cost is not the big mail's.
  for (let index = 0; index < 20; index += 1) {
    await connection.send({ from: 'a@shop.example', to: ['support@acme.example'], bytes: sixKilobytes('warm', index) });
  }
  process.kill(app.processId, 'SIGUSR2');
  const before = await watched(watchFile);
  const bytes = withAttachment('big', 1, HUNDRED_MEGABYTES);
  const started = performance.now();
  const answer = await connection.send({ from: 'a@shop.example', to: ['support@acme.example'], bytes });
  if (answer.code !== 250) {
    throw new Error(`the listener said ${answer.line}`);
  }
  const seconds = (performance.now() - started) / 1000;
  return { before, after: await watched(watchFile), seconds };
}

async function watched(file: string): Promise<Watched> {
  await delay(300);
  return JSON.parse(await readFile(file, 'utf8')) as Watched;
}
