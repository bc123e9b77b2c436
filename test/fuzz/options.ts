import { parseArgs } from 'node:util';

/** What a run is to do. */
export interface RunOptions {
  /** Of whatever the run counts. */
  readonly count: number;
  readonly seed: number;
}

/** What the run counts, and how many there are unless told. */
interface Counted {
  readonly name: string;
  readonly usual: number;
}

/** The options of a command line; `help` when they ask for it, `wrong` with a sentence when they make no sense. */
export function parseRunOptions(
  given: readonly string[],
  { name, usual }: Counted,
): { kind: 'run'; options: RunOptions } | { kind: 'help' } | { kind: 'wrong'; sentence: string } {
  const options = {
    [name]: { type: 'string', default: String(usual) },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...given], options, strict: true });
    return values['help'] === true
      ? { kind: 'help' }
      : { kind: 'run', options: { count: whole(name, values[name], 1), seed: whole('seed', values['seed'], 0) } };
  } catch (error) {
    return { kind: 'wrong', sentence: (error as Error).message };
  }
}

function whole(name: string, text: unknown, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > 2 ** 31) {
    throw new Error(`--${name} must be a whole number from ${least} on`);
  }
  return value;
}

/** Runs what the command line asks for, and ends the process with 0, 1 for what is wrong, or 2 for wrong options. */
export async function runFromCommandLine(
  help: string,
  counted: Counted,
  run: (options: RunOptions) => Promise<boolean>,
): Promise<void> {
  const given = parseRunOptions(process.argv.slice(2), counted);
  if (given.kind === 'help') {
    process.stdout.write(help);
    return;
  }
  if (given.kind === 'wrong') {
    process.stderr.write(`${given.sentence}\n`);
    process.exitCode = 2;
    return;
  }
  const isRight = await run(given.options).catch((error: unknown) => {
    process.stderr.write(`The run did not come to its end: ${(error as Error).stack}\n`);
    return false;
  });
  process.stdout.write(isRight ? 'All is as it should be.\n' : 'There is something to mend.\n');
  process.exitCode = isRight ? 0 : 1;
}
