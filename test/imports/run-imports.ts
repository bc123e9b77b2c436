import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Pool } from 'pg';
import { waitUntil } from '#libs/testing';
import { type Parts, startParts } from '../faults/parts.js';
import { NODE_OPTIONS_OF_THE_IMAGE, ROOT, type RunningApp, startApp } from '../faults/processes.js';
import { type Random, seededRandom } from '../faults/random.js';
import { type ImporterRun, outcomesIn, startImporter } from './importer.js';
import type { ImportsOptions } from './options.js';
import { writeContacts } from './write-file.js';

export interface ImportsResult {
  readonly rows: number;
  readonly kills: number;
  readonly contacts: number;
  /** What is not as it has to be. */
  readonly wrong: readonly string[];
  /** Rows by their outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Rows a second, in a run that nobody disturbed. */
  readonly durable: number;
  readonly decided: number;
}

interface Expected {
  readonly contacts: readonly object[];
  readonly outcomes: readonly string[];
}

/**
 * 1. PostgreSQL, the log and case-builder, and a file
 * 2. import it, killed again and again
 * 3. compare report and contacts with what another program makes of the file
 * 4. import it again: nothing changes
 * 5. import another file, undisturbed, for its speed
 */
export async function runImports(options: ImportsOptions, say: (line: string) => void): Promise<ImportsResult> {
  const parts = await startParts(options.log, 'manual');
  const apps = new Set<RunningApp>();
  const startBuilder = async (): Promise<RunningApp> => {
    const app = await startApp('case-builder', parts.folder, parts.environment, NODE_OPTIONS_OF_THE_IMAGE);
    apps.add(app);
    await app.ready();
    return app;
  };
  try {
    const file = join(parts.folder, 'contatos.csv');
    await writeContacts(file, options.rows, options.seed);
    const builder = await startBuilder();
    const first = await importKilled({ parts, file, options, builder, startBuilder, say });
    const expected = await expectedOf(file);
    const outcomes = await outcomesIn(join(parts.folder, 'report.csv'));
    const found = await contactsIn(parts.pool);
    const wrong = [...wrongEnd(first), ...wrongOutcomes(outcomes, expected), ...wrongContacts(found, expected)];
    say('The same file again …');
    wrong.push(...(await importAgain(parts, file, found)));
    const speed = await measured(parts, options, say);
    return {
      rows: expected.outcomes.length,
      kills: options.kills,
      contacts: found.length,
      wrong: [...wrong, ...wrongEnd(speed.run)],
      outcomes: counted(outcomes),
      durable: speed.durable,
      decided: speed.decided,
    };
  } finally {
    await Promise.all([...apps].map((app) => app.kill('SIGKILL')));
    await parts.stop({ keep: options.keep });
    say(options.keep ? `Kept in ${parts.folder}` : '');
  }
}

interface Killing {
  readonly parts: Parts;
  readonly file: string;
  readonly options: ImportsOptions;
  readonly builder: RunningApp;
  readonly startBuilder: () => Promise<RunningApp>;
  readonly say: (line: string) => void;
}

async function importKilled({ parts, file, options, builder, startBuilder, say }: Killing): Promise<ImporterRun> {
  const random = seededRandom(options.seed);
  let running = builder;
  for (let kill = 1; kill <= options.kills; kill += 1) {
    const importer = startImporter(parts, [file]);
    await atPlace(parts.pool, killPlace(kill, options, random), importer.ended);
    await delay(random.below(300));
    const { code } = await importer.kill();
    say(`  ${(await placeIn(parts.pool)).durable} rows durable: the importer is killed (${code})`);
    if (kill % 2 === 0) {
      await running.kill('SIGKILL');
      running = await startBuilder();
      say('  case-builder too');
    }
  }
  const last = await startImporter(parts, [file, '--report', join(parts.folder, 'report.csv')]).ended;
  say(last.output.trim().replace(/^/gm, '    '));
  return last;
}

/** Rows that are durable at a kill; the last ones come when all are, and not all are decided. */
function killPlace(kill: number, { rows, kills }: ImportsOptions, random: Random): number {
  return Math.floor((rows * (kill - 1 + random.fraction())) / kills);
}

async function placeIn(pool: Pool): Promise<{ durable: number; isDone: boolean }> {
  const { rows } = await pool.query<{ durable: number; isDone: boolean }>(
    `select durable_rows::int as durable, state <> 'running' as "isDone" from contact_import order by started_at desc limit 1`,
  );
  return rows[0] ?? { durable: 0, isDone: false };
}

async function atPlace(pool: Pool, place: number, ended: Promise<ImporterRun>): Promise<void> {
  let end: ImporterRun | null = null;
  void ended.then((run) => (end = run));
  await waitUntil(
    async () => end !== null || (await placeIn(pool)).durable >= place,
    300_000,
    () => `the import does not get to row ${place}`,
    5,
    () => place,
  );
}

const run = promisify(execFile);

async function expectedOf(file: string): Promise<Expected> {
  const program = join(ROOT, 'test/imports/expected-contacts.mjs');
  const { stdout } = await run(process.execPath, [program, file], { maxBuffer: 1024 ** 3 });
  return JSON.parse(stdout) as Expected;
}

async function contactsIn(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<object>(`
    select
      contact.name, contact.company,
      coalesce(array_agg(value order by value collate "C") filter (where identity.kind = 'email'), '{}') as emails,
      coalesce(array_agg(value order by value collate "C") filter (where identity.kind = 'phone'), '{}') as phones
    from contact
    left join contact_identity as identity on identity.account_id = contact.account_id and identity.contact_id = contact.id
    where contact.kind = 'person' and contact.merged_into is null and contact.deleted_at is null
    group by contact.account_id, contact.id`);
  return rows.map((row) => JSON.stringify(row)).sort();
}

function wrongEnd({ code, output }: ImporterRun): string[] {
  return code === 3 && output.includes('completed_with_errors') ? [] : [`the importer ended with ${code}: ${output}`];
}

function wrongOutcomes(outcomes: readonly string[], expected: Expected): string[] {
  const different = expected.outcomes.flatMap((outcome, index) =>
    outcomes[index] === outcome ? [] : [`row ${index + 1} is ${outcomes[index]}, expected ${outcome}`],
  );
  return outcomes.length === expected.outcomes.length
    ? different.slice(0, 20)
    : [`${outcomes.length} rows in the report, ${expected.outcomes.length} in the file`, ...different.slice(0, 20)];
}

function wrongContacts(found: readonly string[], { contacts }: Expected): string[] {
  const expected = contacts.map((contact) => JSON.stringify(contact)).sort();
  const [there, wanted] = [new Set(found), new Set(expected)];
  return [
    ...(found.length === expected.length ? [] : [`${found.length} contacts, expected ${expected.length}`]),
    ...expected
      .filter((one) => !there.has(one))
      .map((one) => `missing: ${one}`)
      .slice(0, 10),
    ...found
      .filter((one) => !wanted.has(one))
      .map((one) => `too many: ${one}`)
      .slice(0, 10),
  ];
}

async function importAgain(parts: Parts, file: string, before: readonly string[]): Promise<string[]> {
  const report = join(parts.folder, 'again.csv');
  const again = await startImporter(parts, [file, '--report', report]).ended;
  const { created = 0, updated = 0 } = counted(await outcomesIn(report));
  const after = await contactsIn(parts.pool);
  return [
    ...wrongEnd(again),
    ...(created + updated === 0 ? [] : [`the second run created ${created} and updated ${updated}`]),
    ...(JSON.stringify(after) === JSON.stringify(before) ? [] : ['the second run changed contacts']),
  ];
}

interface Speed {
  readonly run: ImporterRun;
  readonly durable: number;
  readonly decided: number;
}

async function measured(parts: Parts, { rows, seed }: ImportsOptions, say: (line: string) => void): Promise<Speed> {
  const file = join(parts.folder, 'speed.csv');
  await writeContacts(file, rows, seed + 1);
  const ended = await startImporter(parts, [file]).ended;
  say(ended.output.trim().replace(/^/gm, '    '));
  const rate = (what: string): number =>
    Number((new RegExp(`${what} ([\\d,]+) rows/s`).exec(ended.output)?.[1] ?? '0').replaceAll(',', ''));
  return { run: ended, durable: rate('durable'), decided: rate('decided') };
}

function counted(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  outcomes.forEach((outcome) => (counts[outcome] = (counts[outcome] ?? 0) + 1));
  return counts;
}
