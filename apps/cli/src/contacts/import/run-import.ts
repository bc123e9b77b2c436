import type { Pool } from 'pg';
import {
  type ContactImport,
  countContactImportRows,
  finishContactImport,
  hasWaitingContactImportRows,
} from '#libs/case-store';
import { examineFile, type FileExamination, planReading, readRows, type RowContext } from '#libs/contact-import';
import type { EventLog } from '#libs/messaging';
import type { Configuration } from '#libs/runtime';
import { type CommandContext, type ExitCode, type Outcome, succeeded } from '../../context.js';
import { findInstallation } from '../../installation/find-installation.js';
import { withLog } from '../../installation/with-log.js';
import { alone, beginImport, importToResume } from './begin-import.js';
import { describePlan, type ImportSettings } from './describe-plan.js';
import { dryRun } from './dry-run.js';
import { followOutcomes } from './follow-outcomes.js';
import { openFile } from './open-file.js';
import { showProgress } from './progress.js';
import type { ImportWishes } from './read-import-options.js';
import { sendRows } from './send-rows.js';
import { rowsOfImport, writeReport } from './write-report.js';

/** A file that was looked at once, and whose contacts it holds. */
interface LookedAt {
  readonly account: Configuration['account'];
  readonly file: FileExamination;
  readonly chunks: () => AsyncIterable<Buffer>;
}

/**
 * 1. look at all of the file: its hash, its letters, how it begins
 * 2. understand how it is read, and say so
 * 3. begin the import, or go on with one of the same file
 * 4. make its rows durable, while what becomes of them is written down
 * 5. when every row is decided: its end, the report, the sum
 */
export async function runImport(context: CommandContext, wishes: ImportWishes): Promise<ExitCode> {
  const { terminal } = context;
  const looked = await lookAt(context, wishes.file);
  if (!looked.ok) {
    terminal.error(looked.reason);
    return 1;
  }
  const { account, file, chunks } = looked.value;
  const { sha256: fileSha256, lines: fileLines } = file;
  if (wishes.resume !== null) {
    return resume(context, { wishes, looked: looked.value, accountId: account.id, id: wishes.resume });
  }
  const plan = planReading(file, wishes.reading);
  if (!plan.ok) {
    terminal.error(plan.reason);
    return 1;
  }
  const { integration } = wishes;
  const country = wishes.country ?? account.defaultCountry;
  const settings = { plan: plan.value, integration, country };
  describePlan(file, settings).forEach((line) => terminal.line(line));
  if (wishes.isDryRun) {
    const at = new Date().toISOString();
    const row = { accountId: account.id, integration, country, fileSha256, fileLines, at };
    return dryRun(context, readRows(chunks(), plan.value), row, wishes.report);
  }
  return withLog(context, async (log, { pool }) => {
    const found = await beginImport(pool, { accountId: account.id, fileSha256, settings });
    return work(context, { pool, log, found, looked: looked.value, wishes, accountId: account.id });
  });
}

async function lookAt({ environment }: CommandContext, path: string): Promise<Outcome<LookedAt>> {
  const chunks = await openFile(path);
  if (!chunks.ok) {
    return chunks;
  }
  const installation = await findInstallation(environment);
  return installation.ok
    ? succeeded({
        account: installation.value.configuration.account,
        file: await examineFile(chunks.value()),
        chunks: chunks.value,
      })
    : installation;
}

interface Resumption {
  readonly wishes: ImportWishes;
  readonly looked: LookedAt;
  readonly accountId: string;
  readonly id: string;
}

function resume(context: CommandContext, { wishes, looked, accountId, id }: Resumption): Promise<ExitCode> {
  return withLog(context, async (log, { pool }) => {
    const found = await importToResume(pool, { accountId, id, fileSha256: looked.file.sha256 });
    if (!found.ok) {
      context.terminal.error(found.reason);
      return 1;
    }
    describePlan(looked.file, found.value.settings as ImportSettings).forEach((line) => context.terminal.line(line));
    return work(context, { pool, log, found: found.value, looked, wishes, accountId });
  });
}

interface Work {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly found: ContactImport;
  readonly looked: LookedAt;
  readonly wishes: ImportWishes;
  readonly accountId: string;
}

async function work(context: CommandContext, given: Work): Promise<ExitCode> {
  const { terminal } = context;
  const { found, pool, wishes } = given;
  if (found.state === 'running') {
    terminal.line(`Import ${found.id}${found.durableRows > 0 ? ` goes on after row ${found.durableRows}` : ''}`);
    const isDone = await alone(pool, found.id, () => takeAll(context, given));
    if (isDone === null) {
      terminal.error('Another process works on this import: wait for it, or end it.');
      return 1;
    }
    if (!isDone) {
      terminal.line('Stopped; nothing is lost. Go on with:');
      terminal.line(`  casewright contacts import ${wishes.file} --resume ${found.id}`);
      return 1;
    }
  }
  return tellEnd(context, given);
}

/** False when it was interrupted. */
async function takeAll(context: CommandContext, { pool, log, found, looked, accountId }: Work): Promise<boolean> {
  const { plan, integration, country } = found.settings as ImportSettings;
  const { sha256: fileSha256, lines: fileLines } = looked.file;
  const row: RowContext = { accountId, integration, country, fileSha256, fileLines, at: found.startedAt.toISOString() };
  const importId = found.id;
  const progress = showProgress(context, found.durableRows);
  // What fails on one side must not leave the other waiting.
  const ended = new AbortController();
  const signal = AbortSignal.any([context.signal, ended.signal]);
  let isSent = false;
  const { durableRows } = found;
  const sending = { pool, log, importId, context: row, durableRows, signal, moved: progress.moved };
  const isWaiting = async (): Promise<boolean> =>
    !isSent || (await hasWaitingContactImportRows(pool, { accountId, importId }));
  const stalled = (): void =>
    isSent ? context.terminal.line('Nothing was decided for a while: does the case-builder run?') : undefined;
  const both = [
    sendRows(readRows(looked.chunks(), plan), sending).then((rows) => {
      isSent = rows !== null;
    }),
    followOutcomes({
      pool,
      accountId,
      importId,
      isWaiting,
      isSending: () => !isSent,
      signal,
      decided: progress.decided,
      stalled,
    }),
  ].map((one) =>
    one.catch((error: unknown) => {
      ended.abort();
      throw error;
    }),
  );
  const ends = await Promise.allSettled(both);
  const rates = progress.end();
  const failure = ends.find((end) => end.status === 'rejected');
  if (failure !== undefined) {
    throw failure.reason;
  }
  if (rates !== null) {
    context.terminal.line(rates);
  }
  return isSent && !context.signal.aborted;
}

async function tellEnd({ terminal }: CommandContext, { pool, found, wishes, accountId }: Work): Promise<ExitCode> {
  const name = { accountId, importId: found.id };
  const counts = await countContactImportRows(pool, name);
  const { created, updated, unchanged, flagged_shared: shared, refused, conflicts } = counts;
  const state = refused + conflicts === 0 ? 'completed' : 'completed_with_errors';
  await finishContactImport(pool, accountId, found.id, state);
  if (wishes.report !== null) {
    await writeReport(wishes.report, rowsOfImport(pool, name));
  }
  const all = created + updated + unchanged + shared + refused;
  terminal.line(
    `${state}: ${all} rows, ${created} created, ${updated} updated, ${unchanged} unchanged, ${shared} flagged_shared, ${refused} refused`,
  );
  if (conflicts > 0) {
    terminal.line(`${conflicts} of them without an address that somebody else has (identity_conflict)`);
  }
  if (state === 'completed_with_errors' && wishes.report === null) {
    terminal.line(`What is wrong with which row: --resume ${found.id} --report report.csv`);
  }
  return state === 'completed' ? 0 : 3;
}
