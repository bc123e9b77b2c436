import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startApp, type RunningApp } from '../faults/processes.js';

/** What an app that stops as it is told may take before it is killed. */
const STOP_MS = 10_000;

/**
 * Starts an app, and stops it and removes its folder when the work is done or has failed. It is asked to stop, so that what Node was
 * told to write of it (`--cpu-prof`) is written.
 */
export async function withApp<Result>(
  name: string,
  environment: Readonly<Record<string, string>>,
  nodeOptions: readonly string[],
  work: (app: RunningApp, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), `casewright-${name}-`));
  const app = await startApp(name, folder, environment, nodeOptions);
  try {
    await app.ready();
    const result = await work(app, folder);
    await stop(app);
    await rm(folder, { recursive: true, force: true });
    return result;
  } finally {
    await app.kill('SIGKILL');
  }
}

async function stop(app: RunningApp): Promise<void> {
  const waiting = new AbortController();
  const tooLate = delay(STOP_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
  await Promise.race([app.kill('SIGTERM'), tooLate]);
  waiting.abort();
}
