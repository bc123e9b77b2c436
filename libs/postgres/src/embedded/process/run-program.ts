import { execFile } from 'node:child_process';

export interface ProgramResult {
  readonly ok: boolean;
  /** `EACCES`, `ENOENT`, …: the program could not be started at all. */
  readonly startError: string | null;
  readonly output: string;
}

/** Whom a program runs as. */
export interface ProgramIdentity {
  readonly uid: number;
  readonly gid: number;
}

export interface ProgramOptions {
  /** Ourselves unless told. */
  readonly account?: ProgramIdentity | null;
  readonly workingDirectory?: string;
}

/**
 * What the server's programs see of our environment: nothing, so that neither a PG* variable nor a secret reaches them.
 * English messages are what `explain` reads.
 */
export const programEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' };

/** Runs a program to its end. Never rejects. */
export function runProgram(
  program: string,
  programArguments: readonly string[],
  { account, workingDirectory }: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const identity = account ? { uid: account.uid, gid: account.gid } : {};
    execFile(
      program,
      [...programArguments],
      { env: programEnvironment, cwd: workingDirectory ?? '/', ...identity },
      (error, stdout, stderr) => {
        const startError = typeof error?.code === 'string' ? error.code : null;
        resolve({ ok: error === null, startError, output: `${stdout}${stderr}`.trim() });
      },
    );
  });
}
