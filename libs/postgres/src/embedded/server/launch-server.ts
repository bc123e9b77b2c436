import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, stat, truncate } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { dataArgument } from './create-cluster.js';
import { readPostmasterFile } from './postmaster-file.js';
import type { ReadyBinaries } from '../binaries/prepare-binaries.js';
import { programEnvironment } from '../process/run-program.js';
import type { ServerAccount } from '../process/server-account.js';
import { settingArguments, type ServerSettings } from './server-settings.js';

export interface LaunchOptions {
  readonly binaries: ReadyBinaries;
  readonly account: ServerAccount | null;
  readonly cluster: string;
  readonly logFile: string;
  readonly port: number;
  readonly settings: ServerSettings;
}

/** A server that accepts connections, or why it ended instead. */
export type Launch =
  | { readonly outcome: 'ready'; readonly server: ChildProcess; readonly pid: number; readonly exited: Promise<void> }
  | { readonly outcome: 'port-taken' | 'old-server-ending' | 'in-use' | 'failed'; readonly reason: string };

/** Starts the server and waits until it is ready; recovery after a crash takes as long as it takes. */
export async function launchServer(options: LaunchOptions): Promise<Launch> {
  const logStart = await trimLog(options.logFile);
  const { server, exited } = await spawnServer(options);
  let running = true;
  const ended = exited.then(() => (running = false));
  while (running) {
    const status = await readPostmasterFile(options.cluster);
    if (status?.ready === true && status.pid === server.pid) {
      return { outcome: 'ready', server, pid: status.pid, exited };
    }
    await Promise.race([delay(20), ended]);
  }
  const log = (await readFile(options.logFile)).subarray(logStart).toString('utf8');
  return explainExit(log);
}

async function spawnServer(options: LaunchOptions): Promise<{ server: ChildProcess; exited: Promise<void> }> {
  const { binaries, account, cluster, logFile, port, settings } = options;
  const log = await open(logFile, 'a', 0o600);
  const server = spawn(binaries.postgres, ['-D', dataArgument(cluster), ...settingArguments(port, settings)], {
    cwd: cluster,
    env: programEnvironment,
    stdio: ['ignore', log.fd, log.fd],
    // In a session of its own: Ctrl-C in a terminal must reach us alone, who stop it after its last user.
    detached: true,
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
  const exited = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
    server.once('error', () => resolve());
  });
  server.unref();
  await log.close();
  return { server, exited };
}

/** Keeps the file from growing for ever; it is next to silent while all is well. */
async function trimLog(file: string): Promise<number> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size < 10 * 1024 * 1024) {
    return size;
  }
  await truncate(file);
  return 0;
}

function explainExit(log: string): Launch {
  const fatal = log.split('\n').filter((line) => /FATAL|PANIC|could not|error while loading/.test(line));
  const reason = fatal.map((line) => line.replace(/^.*?(FATAL|PANIC|LOG|WARNING):\s*/, '')).join('; ') || log.trim();
  if (/pre-existing shared memory block/.test(log)) {
    return { outcome: 'old-server-ending', reason };
  }
  if (/lock file .* already exists/.test(log)) {
    return { outcome: 'in-use', reason };
  }
  return { outcome: /Address already in use|could not bind/.test(log) ? 'port-taken' : 'failed', reason };
}
