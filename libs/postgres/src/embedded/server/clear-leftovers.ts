import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { EmbeddedPostgresError } from '../embedded-postgres-error.js';
import { readPostmasterFile } from './postmaster-file.js';
import { isServerOf } from '../process/process-identity.js';

/** Tells of things that an operator may want to know. */
export interface ServerNews {
  info(message: string): void;
  warn(message: string): void;
}

const pollMs = 50;

/**
 * Clears away what a process that was killed left behind: its server, which first gets time to stop by itself, is
 * stopped; a file that names no server of this folder is removed (the number may belong to anybody by now).
 */
export async function clearLeftovers(cluster: string, news: ServerNews): Promise<void> {
  const left = await readPostmasterFile(cluster);
  if (!left) {
    return;
  }
  if (!(await isServerOf(left.pid, cluster))) {
    await rm(`${cluster}/postmaster.pid`, { force: true });
    return;
  }
  if (await isGoneWithin(3_000, left.pid, cluster)) {
    return;
  }
  news.warn(`Stopping the PostgreSQL server (process ${left.pid}) that an earlier run left behind`);
  // Fast, then immediate shutdown (postmaster's own signals): the second one means recovery at the next start.
  for (const [signal, graceMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    process.kill(left.pid, signal);
    if (await isGoneWithin(graceMs, left.pid, cluster)) {
      return;
    }
  }
  throw new EmbeddedPostgresError(
    `The PostgreSQL server of an earlier run (process ${left.pid}) does not stop: end it and start again.`,
  );
}

async function isGoneWithin(milliseconds: number, pid: number, cluster: string): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await delay(pollMs)) {
    if (!(await isServerOf(pid, cluster))) {
      return true;
    }
  }
  return false;
}
