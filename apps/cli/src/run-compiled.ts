import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CommandContext, ExitCode } from './context.js';

/** Compiled programs are beside this one when it is compiled itself, else in dist/ of the repository. */
const COMPILED = new URL(import.meta.url.endsWith('.js') ? '../../../' : '../../../dist/', import.meta.url);

/** Runs a compiled program with this terminal as its own. */
export async function runCompiled(
  context: CommandContext,
  program: string,
  programArguments: readonly string[],
): Promise<ExitCode> {
  const path = fileURLToPath(new URL(program, COMPILED));
  if (!existsSync(path)) {
    context.terminal.error(`dist/${program} is not in this build: "npm run build" in the repository makes it.`);
    return 1;
  }
  const child = spawn(process.execPath, ['--enable-source-maps', path, ...programArguments], {
    stdio: 'inherit',
    env: context.environment,
  });
  const stop = (): void => void child.kill('SIGTERM');
  context.signal.addEventListener('abort', stop, { once: true });
  return new Promise<ExitCode>((resolve) => {
    child.on('error', (error) => {
      context.terminal.error(`dist/${program} cannot be started: ${error.message}.`);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code === 0 || code === 2 ? code : 1));
  }).finally(() => context.signal.removeEventListener('abort', stop));
}
