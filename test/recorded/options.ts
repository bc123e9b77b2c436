import { parseArgs } from 'node:util';

/** What a call of the recording is to do. */
export type RecordedCommand =
  | { readonly kind: 'record'; readonly out: string; readonly mails: number; readonly seed: number }
  | { readonly kind: 'compare'; readonly before: string; readonly after: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly sentence: string };

export const HELP = `Records what becomes of planned mails, so that the same code before and after a change can be compared.

  node test/recorded/run.mjs --out FILE [options]
  node test/recorded/run.mjs --compare BEFORE AFTER

  --out FILE      where the recording goes: a line of JSON per step, per record that the relay publishes, and at the end
                  per row of each table. Ids have stable names, so two runs of the same code give the same bytes
  --mails N       mails of the plan                                        (10000)
  --seed N        the same seed plans the same mails                       (1)
  --compare       says where two recordings differ: JSON paths with how often, and an example of each
  --help          this text

Mails go through the parser, the normaliser and the batch handler one batch at a time; between the batches cases are
changed by hand, suspended mails released and rejected, and due cases closed. PostgreSQL is started and stopped by the run
itself. Run \`npm run build\` first.

--out prints how often each kind of thing occurred. --compare ends with 0 when there is no difference, with 1 otherwise.

Examples:
  node test/recorded/run.mjs --out before.jsonl
  node test/recorded/run.mjs --out short.jsonl --mails 300 --seed 7
  node test/recorded/run.mjs --compare before.jsonl after.jsonl
`;

/** The command of a command line; `wrong` with a sentence when it makes no sense. */
export function parseRecordedCommand(given: readonly string[]): RecordedCommand {
  try {
    const { values, positionals } = parseArgs({ args: [...given], options: OPTIONS, allowPositionals: true });
    if (values.help) {
      return { kind: 'help' };
    }
    const [before, after, ...more] = positionals;
    if (values.compare) {
      return before === undefined || after === undefined || more.length > 0
        ? { kind: 'wrong', sentence: '--compare takes two files: the recording before and the one after' }
        : { kind: 'compare', before, after };
    }
    if (values.out === undefined || before !== undefined) {
      return { kind: 'wrong', sentence: 'Say where the recording goes with --out FILE; --help shows examples' };
    }
    const mails = wholeNumber('mails', values.mails, 10, 1_000_000);
    return { kind: 'record', out: values.out, mails, seed: wholeNumber('seed', values.seed, 0, 4_000_000_000) };
  } catch (error) {
    return { kind: 'wrong', sentence: (error as Error).message };
  }
}

const OPTIONS = {
  out: { type: 'string' },
  mails: { type: 'string', default: '10000' },
  seed: { type: 'string', default: '1' },
  compare: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function wholeNumber(name: string, given: string, lowest: number, highest: number): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    throw new Error(`--${name} must be a whole number from ${lowest} to ${highest}`);
  }
  return value;
}
