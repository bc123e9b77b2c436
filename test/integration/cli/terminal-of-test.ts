import { runCommandLine } from '../../../apps/cli/src/program.js';
import { createTerminal } from '../../../apps/cli/src/terminal.js';

/** What a command line printed and how it ended. */
export interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
  /** What went to the standard output past the terminal. */
  readonly bytes: Buffer;
}

/** Runs a command line in this process, with nothing of this process's environment. */
export async function casewright(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  signal: AbortSignal = new AbortController().signal,
  isTTY = false,
  onOutput: (text: string) => void = () => undefined,
): Promise<Run> {
  const chunks: Uint8Array[] = [];
  const output = {
    isTTY,
    write: (chunk: Uint8Array, done: () => void) => {
      chunks.push(chunk);
      setImmediate(done);
      return true;
    },
  };
  let lines = '';
  let errors = '';
  const terminal = createTerminal(
    { write: (text) => ((lines += String(text)), onOutput(String(text)), true) },
    { write: (text) => ((errors += String(text)), true) },
  );
  const code = await runCommandLine(words, { terminal, output, environment, signal });
  return { code, output: lines, errors, bytes: Buffer.concat(chunks) };
}
