import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type RunningApp } from '../faults/processes.js';

/** Starts an app, and stops it and removes its folder when the work is done or has failed. */
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
    await rm(folder, { recursive: true, force: true });
    return result;
  } finally {
    await app.kill('SIGKILL');
  }
}
