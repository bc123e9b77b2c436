import { runCommandLine } from '../../../apps/cli/src/program.js';
import { createTerminal } from '../../../apps/cli/src/terminal.js';

/** What a command line printed and how it ended. */
export interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command line in this process, with nothing of this process's environment. */
export async function casewright(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Run> {
  let output = '';
  let errors = '';
  const terminal = createTerminal(
    { write: (text) => ((output += String(text)), true) },
    { write: (text) => ((errors += String(text)), true) },
  );
  const code = await runCommandLine(words, { terminal, environment, signal });
  return { code, output, errors };
}
