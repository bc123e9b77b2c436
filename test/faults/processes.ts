import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, waitUntil } from '#libs/testing';

/** The root of the repository, seen from the compiled file and from its source alike. */
export const ROOT = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../../' : '../../', import.meta.url),
);
const READY_WITHIN_MS = 60_000;

/** An app in a process of its own. */
export interface RunningApp {
  readonly port: number;
  readonly processId: number;
  /** Settles with the exit code, or the signal that ended it. */
  readonly exited: Promise<number | string>;
  /** Resolves when `/readyz` says yes; throws when the process ends before that. */
  ready(): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<number | string>;
}

/** The memory that the image gives Node, for programs that tell how fast something is. */
export const NODE_OPTIONS_OF_THE_IMAGE = ['--min-semi-space-size=32', '--max-semi-space-size=64'] as const;

/** Starts `dist/apps/<name>`; what it prints goes to `<folder>/<name>.log`. */
export function startApp(
  name: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<RunningApp> {
  return startProgram({ name, file: `apps/${name}/src/main.js` }, folder, environment, nodeOptions);
}

/** Starts a file below `dist/` that boots an application as `apps` do. */
export async function startProgram(
  { name, file, port: given }: { readonly name: string; readonly file: string; readonly port?: number },
  folder: string,
  environment: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<RunningApp> {
  const port = given ?? (await freePort());
  const child = spawn(process.execPath, [...nodeOptions, join(ROOT, 'dist', file)], {
    cwd: folder,
    env: { ...cleanEnvironment(), ...environment, PORT: String(port), LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(folder, `${name}.log`), { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const exited = exitOf(child);
  void exited.then(() => log.end());
  return {
    port,
    processId: child.pid ?? 0,
    exited,
    ready: () => waitUntilReady(name, folder, port, exited),
    kill(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

/** What the test was given must not reach the apps by accident. */
function cleanEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'JAVA_HOME', 'LANG', 'TZ'];
  return Object.fromEntries(kept.flatMap((key) => (process.env[key] === undefined ? [] : [[key, process.env[key]]])));
}

function exitOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
}

async function waitUntilReady(
  name: string,
  folder: string,
  port: number,
  exited: Promise<number | string>,
): Promise<void> {
  const where = `see ${join(folder, `${name}.log`)}`;
  let ended: number | string | null = null;
  void exited.then((reason) => (ended = reason));
  const isReady = async (): Promise<boolean> => {
    if (ended !== null) {
      throw new Error(`${name} ended (${ended}) before it was ready: ${where}`);
    }
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    return response?.ok === true;
  };
  await waitUntil(isReady, READY_WITHIN_MS, () => `${name} is not ready after ${READY_WITHIN_MS / 1000} s: ${where}`);
}
