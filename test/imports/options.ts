import { parseArgs } from 'node:util';
import { logOption, numberOption } from '../faults/option-values.js';

/** What a run of the imports is to do. */
export interface ImportsOptions {
  /** Rows of each file. */
  readonly rows: number;
  readonly seed: number;
  /** How often the importer is killed with SIGKILL; every second time case-builder too. */
  readonly kills: number;
  readonly log: 'embedded' | 'kafka';
  /** Keeps the folder with the files, the reports, the database and the processes' logs. */
  readonly keep: boolean;
}

export const IMPORTS_HELP = `Imports a file of contacts while it is killed, and compares what is there with what another program makes of the file.

  node test/imports/run.mjs [options]

  --rows N               rows of each file                                              (100000)
  --seed N               the same seed gives the same files and moments of the kills    (1)
  --kills N              kills of the importer; every second time of case-builder too   (5)
  --log embedded|kafka   which log carries the records                                  (embedded)
  --keep                 keep the folder with files, reports, database and logs
  --help                 this text

1. A file in windows-1252 is written: names with accents, numbers in several spellings, rows that mean a contact that stands
   before them, shared numbers, and rows that have to be refused. \`casewright contacts import\` takes it in; it is killed at
   random places and started again until it is done.
2. The report has every row once, and its outcomes add up to the rows. Contacts in the database, with names, companies, addresses
   and numbers, are those that \`expected-contacts.mjs\`, which shares no code with the product, makes of the same file; so are the
   outcomes of rows.
3. The file is imported again: nothing is created or updated.
4. Another file is imported without kills, and how fast is told: rows that were durable and rows that were decided, a second.

Run \`npm run build\` first; a broker needs Java 17 and mvn. Ends with 0 when all is as expected, with 1 otherwise.

Examples:
  node test/imports/run.mjs
  node test/imports/run.mjs --rows 5000 --kills 2 --seed 7 --keep
`;

const OPTIONS = {
  rows: { type: 'string', default: '100000' },
  seed: { type: 'string', default: '1' },
  kills: { type: 'string', default: '5' },
  log: { type: 'string', default: 'embedded' },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The options of a command line; null when they ask for help. Throws a sentence when they make no sense. */
export function parseImportsOptions(given: readonly string[]): ImportsOptions | null {
  const { values } = parseArgs({ args: [...given], options: OPTIONS, strict: true });
  return values.help
    ? null
    : {
        rows: numberOption('rows', values.rows, [100, 10_000_000]),
        seed: numberOption('seed', values.seed, [0, 1_000_000]),
        kills: numberOption('kills', values.kills, [0, 100]),
        log: logOption(values.log),
        keep: values.keep,
      };
}
