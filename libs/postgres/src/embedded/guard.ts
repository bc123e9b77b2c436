import { spawn } from 'node:child_process';

import { programEnvironment } from './process/run-program.js';
import type { ServerAccount } from './process/server-account.js';

/**
 * Stops the server when this process dies without a chance to do so (kill -9): a shell waits on a pipe whose other
 * end only we hold, and asks for a fast shutdown when it closes. Returns how to dismiss the guard.
 */
export function guardAgainstOurDeath(serverPid: number, account: ServerAccount | null): () => void {
  const identity = account ? { uid: account.uid, gid: account.gid } : {};
  const guard = spawn('/bin/sh', ['-c', 'trap "" INT TERM HUP; read -r line; kill -INT "$0"', String(serverPid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // In a session of its own, so that Ctrl-C in a terminal does not reach it.
    detached: true,
    env: programEnvironment,
    cwd: '/',
    ...identity,
  });
  // The next start stops a server that was left behind, so a missing guard is no reason to fail.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void }).unref?.();
  return () => void guard.kill('SIGKILL');
}
