import { readFile } from 'node:fs/promises';

/** What a running server says about itself in its data folder. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Reads `postmaster.pid`: number in line 1, port in line 4, status in line 8 (PostgreSQL, pidfile.h). */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | null> {
  try {
    const lines = (await readFile(`${cluster}/postmaster.pid`, 'utf8')).split('\n');
    return { pid: Math.abs(Number(lines[0])), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
}
