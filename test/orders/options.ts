import { parseArgs } from 'node:util';
import { logOption, numberOption } from '../faults/option-values.js';

/** What a run of the orders is to do. */
export interface OrderOptions {
  /** Orders in which each lifecycle is told. */
  readonly orders: number;
  readonly seed: number;
  readonly log: 'embedded' | 'kafka';
  /** The longest that a request waits for the one before it; milliseconds. */
  readonly mostDelayMs: number;
  /** Calls that are told side by side. */
  readonly atOnce: number;
  /** How often case-builder is killed with SIGKILL while requests come. */
  readonly kills: number;
  /** Requests of each lifecycle that are left out, each in a telling of its own; at most so many. */
  readonly mostLacking: number;
  /** Names of providers and lifecycles; those alone. Empty: all. */
  readonly only: readonly string[];
  /** Keeps the folder with the database and the processes' logs. */
  readonly keep: boolean;
}

export const ORDERS_HELP = `Tells every lifecycle that a telephone system can tell in many orders, and compares what becomes of it.

  node test/orders/run.mjs [options]

  --orders N             orders of each lifecycle, besides that in which it happened   (50)
  --seed N               the same seed gives the same orders, repetitions and delays   (1)
  --delay SECONDS        the longest between two requests of a call                    (10)
  --at-once N            calls that are told side by side                              (400)
  --kills N              kills of case-builder while requests come                     (3)
  --log embedded|kafka   which log carries the records                                 (embedded)
  --only NAME            a provider or a lifecycle; several times, for several         (all)
  --keep                 keep the folder with database and logs
  --help                 this text

What \`casewright play\` can send is sent over HTTP, signed, to the app for calls; case-builder makes cases of it in PostgreSQL.
The orders are told side by side, each by a caller and to a connection and group of its own. In each order some requests come
twice, and each waits up to the delay, so that facts come before and after a case is opened. In the end interactions and cases
are compared field by field with those of the order in which it happened; all but ids, numbers, versions, times of receipt,
and, of a system that tells no times, what is computed from those. Each case is rebuilt from its events and compared with its row.
Each lifecycle is told with each of its requests missing, too, and must come out different. Run \`npm run build\` first; a
broker needs Java 17 and mvn. Ends with 0 when all is equal that should be, with 1 otherwise.

Examples:
  node test/orders/run.mjs --orders 50 --seed 1
  node test/orders/run.mjs --orders 5 --delay 2 --only twilio --only missed-voicemail --keep
`;

const OPTIONS = {
  orders: { type: 'string', default: '50' },
  seed: { type: 'string', default: '1' },
  delay: { type: 'string', default: '10' },
  'at-once': { type: 'string', default: '400' },
  kills: { type: 'string', default: '3' },
  log: { type: 'string', default: 'embedded' },
  only: { type: 'string', multiple: true },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The options of a command line; null when they ask for help. Throws a sentence when they make no sense. */
export function parseOrderOptions(given: readonly string[]): OrderOptions | null {
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
    orders: number('orders', 1, 1000),
    seed: number('seed', 0, 1_000_000),
    mostDelayMs: number('delay', 0, 60) * 1000,
    atOnce: number('at-once', 1, 10_000),
    kills: number('kills', 0, 100),
    log,
    mostLacking: Infinity,
    only: values.only ?? [],
    keep: values.keep,
  };
}
