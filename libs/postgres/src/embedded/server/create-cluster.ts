import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';

import { EmbeddedPostgresError } from '../embedded-postgres-error.js';
import type { ReadyBinaries } from '../binaries/prepare-binaries.js';
import { runProgram } from '../process/run-program.js';
import type { ServerAccount } from '../process/server-account.js';
import { errorCode } from '#libs/runtime';

/** The one database user, and the one database. */
export const databaseName = 'casewright';

/** Where things are inside the data folder. */
export interface ClusterPlace {
  /** The folder that PostgreSQL calls its data directory. */
  readonly cluster: string;
  readonly password: string;
}

/**
 * How the server is told where its data is. On Linux it is started inside its folder and refers to that, which works
 * even below a folder that its account may not enter.
 */
export function dataArgument(cluster: string): string {
  return process.platform === 'linux' ? '/proc/self/cwd' : cluster;
}

/**
 * Opens the cluster of the data folder, or makes one. Made aside and renamed, so a start that was interrupted
 * leaves nothing that looks whole. Ends in `EmbeddedPostgresError` when it was made by another major version.
 */
export async function openCluster(
  dataDirectory: string,
  binaries: ReadyBinaries,
  account: ServerAccount | null,
): Promise<ClusterPlace> {
  const cluster = `${dataDirectory}/cluster`;
  const made = await readFile(`${cluster}/PG_VERSION`, 'utf8').catch(ignoreMissing);
  if (made === null) {
    const password = randomBytes(24).toString('base64url');
    await writeFile(`${dataDirectory}/password`, password, { mode: 0o600 });
    await createCluster(cluster, password, binaries, account);
    return { cluster, password };
  }
  refuseOtherMajor(made.trim(), binaries.major, dataDirectory);
  await handOver(cluster, account);
  return { cluster, password: (await readFile(`${dataDirectory}/password`, 'utf8')).trim() };
}

function refuseOtherMajor(made: string, major: number, dataDirectory: string): void {
  if (Number(made) !== major) {
    throw new EmbeddedPostgresError(
      `${dataDirectory} was made by PostgreSQL ${made} and this version of Casewright brings PostgreSQL ${major}: ` +
        `dump it with the version that made it and restore it here, or set another DATA_DIR.`,
    );
  }
}

async function createCluster(
  cluster: string,
  password: string,
  binaries: ReadyBinaries,
  account: ServerAccount | null,
): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  const passwordFile = `${tmpdir()}/casewright-${randomUUID()}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await handOver(unfinished, account);
  try {
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    await handOver(passwordFile, account);
    await initialise(unfinished, passwordFile, binaries, account);
    await rename(unfinished, cluster);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** The built-in locale sorts and folds the same on every machine and survives updates of the system's libraries. */
async function initialise(
  folder: string,
  passwordFile: string,
  binaries: ReadyBinaries,
  account: ServerAccount | null,
): Promise<void> {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${databaseName}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const result = await runProgram(binaries.initdb, ['-D', dataArgument(folder), ...access, ...locale], {
    account,
    workingDirectory: folder,
  });
  if (!result.ok) {
    throw new Error(
      `PostgreSQL could not create its data in ${folder}: ${result.output.split('\n').slice(-5).join(' ')}`,
    );
  }
}

/** Gives a file, or a folder with all that is in it, to the server's account. */
async function handOver(target: string, account: ServerAccount | null): Promise<void> {
  if (!account || (await stat(target)).uid === account.uid) {
    return;
  }
  const { ok, output } = await runProgram('chown', ['-R', `${account.uid}:${account.gid}`, target]);
  if (!ok) {
    throw new Error(`PostgreSQL's account ${account.name} could not be given ${target}: ${output}`);
  }
}

function ignoreMissing(error: unknown): null {
  if (errorCode(error) === 'ENOENT') {
    return null;
  }
  throw error;
}
