import { readdir, readFile } from 'node:fs/promises';
import { waitUntil } from './wait-until.js';

const FROZEN_WITHIN_MS = 30_000;
/** `State:  T (stopped)` in proc(5), of one thread. */
const STOPPED = /^State:\s+T/m;

/**
 * Sends SIGSTOP and resolves when every thread of the process stands still. On a busy machine the signal alone says
 * nothing: a thread that has not run since goes on for a moment. Where there is no /proc, only the signal is sent.
 */
export async function freeze(frozen: { readonly pid?: number; kill(signal: 'SIGSTOP'): unknown }): Promise<void> {
  frozen.kill('SIGSTOP');
  if (process.platform === 'linux' && frozen.pid !== undefined) {
    const threads = `/proc/${frozen.pid}/task`;
    await waitUntil(
      () => areStopped(threads),
      FROZEN_WITHIN_MS,
      () => `process ${frozen.pid} does not stop`,
    );
  }
}

async function areStopped(threads: string): Promise<boolean> {
  for (const thread of await readdir(threads)) {
    const status = await readFile(`${threads}/${thread}/status`, 'utf8').catch(() => 'State: T, it is gone');
    if (!STOPPED.test(status)) {
      return false;
    }
  }
  return true;
}
