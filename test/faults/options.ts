import { parseArgs } from 'node:util';
import { logOption, numberOption } from './option-values.js';

/** What a run of the fault test is to do. */
export interface FaultOptions {
  readonly log: 'embedded' | 'kafka';
  /** Sendings of every kind together: first mails, replies, duplicates and poison. */
  readonly mails: number;
  readonly senders: number;
  /** Shares of `mails`. */
  readonly replies: number;
  readonly duplicates: number;
  readonly poison: number;
  /** How often case-builder is killed with SIGKILL. */
  readonly kills: number;
  readonly seed: number;
  /** SMTP connections that send side by side. */
  readonly connections: number;
  /** Keeps the folder with the database and the processes' logs. */
  readonly keep: boolean;
}

export const HELP = `Kills case-builder again and again while mail pours in, then counts that nothing is lost, doubled or left over.

  node test/faults/run.mjs [options]

  --log embedded|kafka  which log carries the records                     (embedded)
  --mails N             sendings in all                                   (10000)
  --senders N           different senders                                 (500)
  --replies SHARE       of the sendings that answer a mail                (0.3)
  --duplicates SHARE    … that are sent a second time, byte for byte      (0.05)
  --poison SHARE        … that are undecodable records on the topic       (0.02)
  --kills N             SIGKILLs of case-builder, spread over the load    (10)
  --connections N       SMTP connections side by side                     (8)
  --seed N              the same seed sends the same mails                (1)
  --keep                keep the folder with database and logs
  --help                this text

Everything is started and stopped by the run itself: PostgreSQL, the log, the email app, case-builder. With --log kafka
a real Apache Kafka is fetched and started, which needs Java 17 and mvn. Run \`npm run build\` first.

Ends with 0 when every count is as expected, with 1 on any difference.

Examples:
  node test/faults/run.mjs --log kafka
  node test/faults/run.mjs --mails 300 --kills 2 --seed 7
`;

/** The options of a command line; `help` when they ask for it, `wrong` with a sentence when they make no sense. */
export function parseFaultOptions(
  given: readonly string[],
): { kind: 'run'; options: FaultOptions } | { kind: 'help' } | { kind: 'wrong'; sentence: string } {
  try {
    const { values } = parseArgs({ args: [...given], options: OPTIONS, strict: true });
    return values.help ? { kind: 'help' } : { kind: 'run', options: checked(values) };
  } catch (error) {
    return { kind: 'wrong', sentence: (error as Error).message };
  }
}

const OPTIONS = {
  log: { type: 'string', default: 'embedded' },
  mails: { type: 'string', default: '10000' },
  senders: { type: 'string', default: '500' },
  replies: { type: 'string', default: '0.3' },
  duplicates: { type: 'string', default: '0.05' },
  poison: { type: 'string', default: '0.02' },
  kills: { type: 'string', default: '10' },
  seed: { type: 'string', default: '1' },
  connections: { type: 'string', default: '8' },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Given = { readonly [Name in keyof typeof OPTIONS]?: string | boolean };

function checked(values: Given): FaultOptions {
  const number = (name: keyof typeof OPTIONS, ...bounds: [number, number]): number =>
    numberOption(name, values[name], bounds);
  const log = logOption(values.log);
  const shares = number('replies', 0, 0.9) + number('duplicates', 0, 0.5) + number('poison', 0, 0.2);
  if (shares >= 1) {
    throw new Error('--replies, --duplicates and --poison together must leave room for first mails');
  }
  return {
    log,
    mails: number('mails', 10, 10_000_000),
    senders: number('senders', 1, 1_000_000),
    replies: number('replies', 0, 0.9),
    duplicates: number('duplicates', 0, 0.5),
    poison: number('poison', 0, 0.2),
    kills: number('kills', 0, 1000),
    seed: number('seed', 0, 4_294_967_295),
    connections: number('connections', 1, 64),
    keep: values.keep === true,
  };
}
