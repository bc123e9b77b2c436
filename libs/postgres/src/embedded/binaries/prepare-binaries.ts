import { randomUUID } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { EmbeddedPostgresError } from '../embedded-postgres-error.js';
import { binariesIn, type ServerBinaries } from './find-binaries.js';
import { runProgram, type ProgramResult } from '../process/run-program.js';
import type { ServerAccount } from '../process/server-account.js';

/** Binaries that the server's account can run, and their version. */
export interface ReadyBinaries extends ServerBinaries {
  /** `18.4` */
  readonly version: string;
  readonly major: number;
}

const cacheFolders = ['/var/cache/casewright', '/var/lib/casewright', path.join(tmpdir(), 'casewright')];

/**
 * Makes sure that the account can run the binaries.
 *
 * 1. Mend what an installation without install scripts leaves out: execute permission and the libraries' links.
 * 2. Try them. Under a folder that the account may not enter (`/root/…`) they cannot run:
 * 3. copy them once to a cache folder that only root can write to, and try those.
 */
export async function prepareBinaries(
  installed: ServerBinaries,
  account: ServerAccount | null,
): Promise<ReadyBinaries> {
  await mendInstallation(installed);
  const first = await tryBinaries(installed, account);
  if (first.ready) {
    return first.ready;
  }
  if (account && first.result.startError !== null) {
    const copied = await copyToCache(installed, account);
    if (copied) {
      return copied;
    }
  }
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL does not start on this machine (${first.result.output || first.result.startError}): ` +
      'install PostgreSQL 15 or later and set DATABASE_URL.',
  );
}

async function tryBinaries(
  binaries: ServerBinaries,
  account: ServerAccount | null,
): Promise<{ ready: ReadyBinaries | null; result: ProgramResult }> {
  const result = await runProgram(binaries.postgres, ['--version'], { account });
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)*)/.exec(result.output)?.[1];
  if (!result.ok || version === undefined) {
    return { ready: null, result };
  }
  return { ready: { ...binaries, version, major: Number.parseInt(version, 10) }, result };
}

/** Best effort: an installation may be read-only, and then it is either right already or will be said so. */
async function mendInstallation({ root, postgres, initdb }: ServerBinaries): Promise<void> {
  for (const program of [postgres, initdb]) {
    const { mode } = await lstat(program);
    if ((mode & 0o111) !== 0o111) {
      await chmod(program, 0o755).catch(() => undefined);
    }
  }
  const links = await readLinks(root);
  await Promise.all(
    links.map(({ source, target }) => {
      const place = path.join(root, '..', target);
      return symlink(path.relative(path.dirname(place), path.join(root, '..', source)), place).catch(() => undefined);
    }),
  );
}

/** npm packages cannot carry links, so the package lists them for its install script. */
async function readLinks(root: string): Promise<{ source: string; target: string }[]> {
  try {
    return JSON.parse(await readFile(path.join(root, 'pg-symlinks.json'), 'utf8')) as {
      source: string;
      target: string;
    }[];
  } catch {
    return [];
  }
}

async function copyToCache(installed: ServerBinaries, account: ServerAccount): Promise<ReadyBinaries | null> {
  const { output } = await runProgram(installed.postgres, ['--version']);
  const version = /(\d+(?:\.\d+)*)\s*$/.exec(output)?.[1] ?? 'unknown';
  for (const folder of cacheFolders) {
    const cached = binariesIn(path.join(folder, `postgresql-${version}-${process.arch}`));
    if (await placeCopy(installed.root, folder, cached.root)) {
      const { ready } = await tryBinaries(cached, account);
      if (ready) {
        return ready;
      }
    }
  }
  return null;
}

/** Root is about to run these files: whoever could write to the folder could choose what runs. */
async function placeCopy(source: string, folder: string, target: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    if (!(await belongsToRootAlone(folder))) {
      return false;
    }
    if (await belongsToRootAlone(target).catch(() => false)) {
      return true;
    }
    const unfinished = `${target}.${randomUUID()}`;
    await cp(source, unfinished, { recursive: true, verbatimSymlinks: true });
    // Two starters may race; the loser's copy is the same as the winner's.
    await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true, force: true }));
    return await belongsToRootAlone(target);
  } catch {
    return false;
  }
}

async function belongsToRootAlone(folder: string): Promise<boolean> {
  const found = await lstat(folder);
  return found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0;
}
