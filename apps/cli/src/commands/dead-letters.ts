import type { Command } from 'commander';
import type { Pool } from 'pg';
import { DEAD_LETTER_STATES, listDeadLetters, loadDeadLetters, settleDeadLetters } from '#libs/case-store';
import type { DeadLetterState, DeadLetterSummary } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import type { EventLog } from '#libs/messaging';
import type { CommandContext, ExitCode } from '../context.js';
import { linesOf, documentOf } from '../dead-letters/show.js';
import { replayDeadLetters, waitingIds } from '../dead-letters/replay.js';
import { withDatabase } from '../installation/with-database.js';
import { withLog } from '../installation/with-log.js';
import { fitted, tableOf } from '../terminal.js';

interface Json {
  readonly json?: boolean;
}

const GREATEST_LIST = 1000;

export function addDeadLetters(program: Command, context: CommandContext): void {
  const letters = program.command('dead-letters').description('records that case-builder could not work on');
  letters
    .command('list')
    .description('list them, oldest first')
    .option('--state <state>', `one of ${DEAD_LETTER_STATES.join(', ')}, or all`, 'waiting')
    .option('--json', 'one JSON document per dead letter')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright dead-letters list\n  casewright dead-letters list --state all --json',
    )
    .action(async ({ state, json }: { readonly state: string } & Json) => {
      context.finish(await withDatabase(context, ({ pool }) => list(context, pool, state, json === true)));
    });
  letters
    .command('show')
    .description('show one with its headers and value')
    .argument('<id>')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  casewright dead-letters show 0b7a51a2-c0de-5b3c-8a41-2f9e4d7b6c10')
    .action(async (id: string, { json }: Json) => {
      context.finish(
        await withIds(context, [id], () => withDatabase(context, ({ pool }) => show(context, pool, id, json === true))),
      );
    });
  addSettling(letters, context);
}

function addSettling(letters: Command, context: CommandContext): void {
  letters
    .command('replay')
    .description('send them back to their own topics, with the same key and id')
    .argument('[id...]')
    .option('--all', 'all that wait')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright dead-letters replay 0b7a51a2-c0de-5b3c-8a41-2f9e4d7b6c10\n  casewright dead-letters replay --all',
    )
    .action(async (ids: readonly string[], { all }: { readonly all?: boolean }) => {
      if (ids.length > 0 === (all === true)) {
        context.terminal.error('Say which dead letters to replay: their ids, or --all.');
        return context.finish(2);
      }
      context.finish(
        await withIds(context, ids, () =>
          withLog(context, (log, { pool }) => replay(context, pool, log, all === true ? null : ids)),
        ),
      );
    });
  letters
    .command('discard')
    .description('set them aside for good; the rows stay')
    .argument('<id...>')
    .addHelpText('after', '\nExample:\n  casewright dead-letters discard 0b7a51a2-c0de-5b3c-8a41-2f9e4d7b6c10')
    .action(async (ids: readonly string[]) => {
      context.finish(
        await withIds(context, ids, () => withDatabase(context, ({ pool }) => discard(context, pool, ids))),
      );
    });
}

async function withIds(
  { terminal }: CommandContext,
  ids: readonly string[],
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const wrong = ids.find((id) => !isUuid(id));
  if (wrong === undefined) {
    return work();
  }
  terminal.error(`"${wrong}" is no dead letter's id: "casewright dead-letters list" shows them.`);
  return 2;
}

export async function list({ terminal }: CommandContext, pool: Pool, state: string, json: boolean): Promise<ExitCode> {
  const states = state === 'all' ? DEAD_LETTER_STATES : DEAD_LETTER_STATES.filter((one) => one === state);
  if (states.length === 0) {
    terminal.error(`There is no state "${state}". Choose one of: ${DEAD_LETTER_STATES.join(', ')}, all.`);
    return 2;
  }
  const letters = await listDeadLetters(pool, states as readonly DeadLetterState[], {
    limit: GREATEST_LIST,
    afterId: null,
  });
  if (json) {
    letters.forEach((letter) => terminal.json(letter));
    return 0;
  }
  if (letters.length === 0) {
    terminal.line(state === 'waiting' ? 'No dead letter waits.' : 'There are none.');
    return 0;
  }
  tableOf([['ID', 'SINCE', 'STATE', 'RECORD', 'REASON', 'MESSAGE'], ...letters.map(rowOf)]).forEach((line) =>
    terminal.line(line),
  );
  if (letters.length === GREATEST_LIST) {
    terminal.line(`These are the oldest ${GREATEST_LIST}; there may be more.`);
  }
  return 0;
}

function rowOf(letter: DeadLetterSummary): string[] {
  const record = `${letter.topic} ${letter.partition}/${letter.offset}`;
  return [
    letter.id,
    letter.createdAt.toISOString(),
    letter.state,
    record,
    fitted(letter.reason, 40),
    fitted(letter.message, 60),
  ];
}

export async function show({ terminal }: CommandContext, pool: Pool, id: string, json: boolean): Promise<ExitCode> {
  const [letter] = await loadDeadLetters(pool, [id]);
  if (letter === undefined) {
    terminal.error(`There is no dead letter ${id}.`);
    return 1;
  }
  if (json) {
    terminal.json(documentOf(letter));
  } else {
    linesOf(letter).forEach((line) => terminal.line(line));
  }
  return 0;
}

/** `ids` null: all that wait. */
export async function replay(
  { terminal }: CommandContext,
  pool: Pool,
  log: EventLog,
  ids: readonly string[] | null,
): Promise<ExitCode> {
  const replays = await replayDeadLetters(
    pool,
    log,
    (ids ?? (await waitingIds(pool))).map((id) => id.toLowerCase()),
  );
  for (const { id, result, topic } of replays) {
    terminal.line(`${id}: ${result}${result === 'replayed' ? ` to ${topic}` : ''}`);
  }
  if (replays.length === 0) {
    terminal.line('No dead letter waits.');
  }
  return replays.some(({ result }) => result === 'unknown' || result === 'already discarded') ? 1 : 0;
}

export async function discard({ terminal }: CommandContext, pool: Pool, ids: readonly string[]): Promise<ExitCode> {
  const wanted = ids.map((id) => id.toLowerCase());
  const done = new Set(await settleDeadLetters(pool, wanted, 'discarded'));
  const known = new Map((await loadDeadLetters(pool, wanted)).map((letter) => [letter.id, letter.state]));
  wanted.forEach((id) =>
    terminal.line(
      `${id}: ${done.has(id) ? '' : 'already '}${known.get(id) ?? 'unknown'}`.replace('already unknown', 'unknown'),
    ),
  );
  return wanted.every((id) => known.get(id) === 'discarded') ? 0 : 1;
}
