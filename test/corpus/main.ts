/** `node test/corpus/run.mjs FOLDER`: what we make of a folder of mails beside what another parser made of them. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import type { Interaction } from '#libs/interaction';
import { asRight } from './as-right.js';
import { compareMail, FIELDS, type Difference, type Expectation } from './compare-mail.js';

const HELP = `Reads every mail of a folder with \`casewright normalise\` and compares it with the expectation beside it.

  node test/corpus/run.mjs FOLDER [options]

  FOLDER            mails (a.eml), each with what another parser makes of it (a.expected.json):
                    {"subject", "messageId", "from": [{"address"}], "text", "html", "attachments": [{"kind", "size", "sha256"}]},
                    text and html cut to 4,000 characters, size and sha256 for binary attachments only
  --reasons FILE    JSON {"a.eml": {"body": "why ours is as right"}}: differences that are known and meant
  --quiet           only the counts
  --help            this text

Ends with 1 when a mail was not read or a difference has no reason. Run \`npm run build\` first.
Blanks and line ends do not count; a text is equal too when its HTML is, since converters differ as they please.
Two counts: what is equal, and what is equal or as right: the other parser replaced bytes that it could not read, lists the
only text as an attachment, or keeps control characters.

Example: node test/corpus/run.mjs ~/mails --reasons ~/mails/reasons.json
`;
const COMMAND = fileURLToPath(new URL('../../apps/email/src/normalise-command.js', import.meta.url));
const MOST_OUTPUT = 512 * 1024 * 1024;

interface Line {
  readonly file: string;
  readonly interactions?: readonly Interaction[];
  readonly error?: string;
}
type Reasons = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      reasons: { type: 'string' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [folder] = positionals;
  if (values.help || folder === undefined) {
    (values.help ? process.stdout : process.stderr).write(HELP);
    return values.help ? 0 : 2;
  }
  const reasons = values.reasons === undefined ? {} : ((await readJson(values.reasons)) as Reasons);
  const say = (text: string) => process.stdout.write(values.quiet ? '' : text);
  return report(await normaliseAll(folder), reasons, say);
}

/** Compares line by line, prints the differences and then the counts. */
async function report(lines: readonly Line[], reasons: Reasons, say: (text: string) => void): Promise<number> {
  const different = new Map<string, number>();
  const worse = new Map<string, number>();
  let compared = 0;
  let unread = 0;
  let unexplained = 0;
  for (const { file, interactions, error } of lines) {
    const name = file.replace(/^.*[\\/]/, '');
    const expectationFile = file.replace(/\.eml$/i, '.expected.json');
    const [interaction] = interactions ?? [];
    if (interaction === undefined) {
      unread += 1;
      say(`${name}: not read: ${error ?? 'no interaction'}\n`);
    } else if (existsSync(expectationFile)) {
      compared += 1;
      const expectation = (await readJson(expectationFile)) as Expectation;
      for (const difference of compareMail(interaction, expectation)) {
        const told = asRight(difference, expectation);
        const reason = reasons[name]?.[difference.field] ?? told ?? undefined;
        unexplained += reason === undefined ? 1 : 0;
        count(different, difference.field);
        if (told === null) {
          count(worse, difference.field);
        }
        say(paragraph(name, difference, reason));
      }
    }
  }
  const left = (counted: ReadonlyMap<string, number>, field: string) => compared - (counted.get(field) ?? 0);
  const counts = FIELDS.map(
    (field) => `  ${field}: ${left(different, field)} of ${compared} equal, ${left(worse, field)} equal or as right\n`,
  );
  process.stdout.write(`${lines.length} mails, ${compared} compared, ${unread} not read\n${counts.join('')}`);
  process.stdout.write(`  ${unexplained} differences without a reason\n`);
  return unread + unexplained > 0 ? 1 : 0;
}

function count(counted: Map<string, number>, field: string): void {
  counted.set(field, (counted.get(field) ?? 0) + 1);
}

function paragraph(name: string, { field, ours, theirs }: Difference, reason: string | undefined): string {
  const at = firstDifference(ours, theirs);
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 100));
  const why = reason === undefined ? '' : `\n  meant:  ${reason}`;
  return `${name}: ${field}, from character ${at}\n  ours:   ${around(ours)}\n  theirs: ${around(theirs)}${why}\n`;
}

function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) {
    at += 1;
  }
  return at;
}

/** The command ends with 1 when a mail could not be read, and still prints a line for each. */
async function normaliseAll(folder: string): Promise<Line[]> {
  const running = promisify(execFile)(process.execPath, [COMMAND, folder], { maxBuffer: MOST_OUTPUT });
  const { stdout } = await running.catch((error: Error & { stdout?: string }) => {
    if (!error.stdout) {
      throw error;
    }
    return { stdout: error.stdout };
  });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}

process.exitCode = await main();
