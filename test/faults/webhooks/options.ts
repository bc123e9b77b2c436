import { parseArgs } from 'node:util';
import { logOption, numberOption } from '../option-values.js';

/** What a run of the losses program is to do. */
export interface LossOptions {
  readonly log: 'embedded' | 'kafka';
  readonly webhooks: number;
  readonly connections: number;
  readonly seed: number;
  /** How often each is killed with SIGKILL while webhooks pour in. */
  readonly kills: { readonly log: number; readonly builder: number; readonly call: number };
  /** Keeps the folder with the database, the ledger and the processes' logs. */
  readonly keep: boolean;
}

export const LOSSES_HELP = `Sends signed webhooks while the log, case-builder and the app for calls are killed, then counts that nothing is lost or doubled.

  node test/faults/losses.mjs [options]

  --log embedded|kafka   which log carries the records (embedded; with it the database is crashed for the broker)
  --webhooks N           requests, of generic and Twilio in turn                  (100000)
  --connections N        side by side                                             (64)
  --kill-log N           crashes of the broker                                    (2)
  --kill-builder N       kills of case-builder                                    (5)
  --kill-call N          kills of the app for calls                               (2)
  --seed N               the same seed sends the same calls                       (1)
  --keep                 keep the folder with database, ledger and logs
  --help                 this text

The sender keeps its own ledger of what was acknowledged, and a program that shares no code with the product holds it against
the database. Run \`npm run build\` first; a broker needs Java 17 and mvn. Ends with 0 when all is there once, with 1 otherwise.

Examples:
  node test/faults/losses.mjs --log kafka
  node test/faults/losses.mjs --webhooks 2000 --kill-builder 1 --keep
`;

const OPTIONS = {
  log: { type: 'string', default: 'embedded' },
  webhooks: { type: 'string', default: '100000' },
  connections: { type: 'string', default: '64' },
  seed: { type: 'string', default: '1' },
  'kill-log': { type: 'string', default: '2' },
  'kill-builder': { type: 'string', default: '5' },
  'kill-call': { type: 'string', default: '2' },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The options of a command line; null when they ask for help. Throws a sentence when they make no sense. */
export function parseLossOptions(given: readonly string[]): LossOptions | null {
  const { values } = parseArgs({ args: [...given], options: OPTIONS, strict: true });
  if (values.help) {
    return null;
  }
  const number = (
    name: Exclude<keyof typeof values, 'log' | 'only' | 'keep' | 'help'>,
    ...bounds: [number, number]
  ): number => numberOption(name, values[name], bounds);
  const log = logOption(values.log);
  return {
    log,
    webhooks: number('webhooks', 10, 10_000_000),
    connections: number('connections', 1, 1000),
    seed: number('seed', 0, 1_000_000),
    kills: {
      log: number('kill-log', 0, 100),
      builder: number('kill-builder', 0, 100),
      call: number('kill-call', 0, 100),
    },
    keep: values.keep,
  };
}
