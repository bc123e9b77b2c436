import { readFile, readlink, realpath } from 'node:fs/promises';

import { runProgram } from './run-program.js';
import { errorCode } from '#libs/runtime';

/** Whether a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** When the process started, in the system's own words; numbers are reused, the pair is not. Null when it is gone. */
export async function startTimeOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    // proc(5): starttime is field 22; the name in field 2 may hold blanks and ends with the last parenthesis.
    return status === null ? null : (status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null);
  }
  const { ok, output } = await runProgram('ps', ['-o', 'lstart=', '-p', String(pid)]);
  return ok ? output : null;
}

/** Whether the process is a PostgreSQL server of this cluster: it works in the cluster's folder. */
export async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) {
    return false;
  }
  if (process.platform === 'linux') {
    const [folder, wanted] = await Promise.all([readlink(`/proc/${pid}/cwd`).catch(() => null), realpath(cluster)]);
    return folder === wanted;
  }
  const { output } = await runProgram('ps', ['-o', 'command=', '-p', String(pid)]);
  return output.includes('postgres') && output.includes(cluster);
}
