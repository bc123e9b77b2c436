import type { Command } from 'commander';
import { INTERACTION_TOPICS, TOPICS } from '#libs/interaction';
import type { EventLog, LogRecord } from '#libs/messaging';
import type { CommandContext, ExitCode } from '../context.js';
import { withLog } from '../installation/with-log.js';
import { fitted, tableOf } from '../terminal.js';
import { sumOf, topicLag } from '../topic-lag.js';

interface TailOptions {
  readonly fromBeginning?: boolean;
  readonly follow?: boolean;
  readonly json?: boolean;
}

const TAIL_EXAMPLES = `
Without --from-beginning it waits for new records; with it, it stops at the present end unless --follow is given.

Examples:
  casewright topics tail interactions.email.v1
  casewright topics tail case.events.v1 --from-beginning --json`;

export function addTopics(program: Command, context: CommandContext): void {
  const topics = program.command('topics').description('look into the log');
  topics
    .command('list')
    .description('every topic with its records and how far case-builder is behind')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  casewright topics list')
    .action(async (options: { readonly json?: boolean }) => {
      context.finish(await withLog(context, (log) => listTopics(context, log, options.json === true)));
    });
  topics
    .command('tail')
    .description('print the records of a topic as they come')
    .argument('<name>', 'name without the configured prefix')
    .option('--from-beginning', 'start with the first record')
    .option('--follow', 'go on with new records until Ctrl-C')
    .option('--json', 'one JSON document per record')
    .addHelpText('after', TAIL_EXAMPLES)
    .action(async (name: string, options: TailOptions) => {
      context.finish(await tailNamed(context, name, options));
    });
}

/** Prints all topics; `behind` is shown for those that case-builder reads. */
export async function listTopics({ terminal }: CommandContext, log: EventLog, json: boolean): Promise<ExitCode> {
  const rows = await Promise.all(TOPICS.map(({ name }) => summaryOf(log, name)));
  if (json) {
    rows.forEach((row) => terminal.json(row));
    return 0;
  }
  const cells = rows.map((row) =>
    [row.topic, row.partitions ?? 'missing', row.end ?? '', row.behind ?? ''].map(String),
  );
  tableOf([['TOPIC', 'PARTITIONS', 'RECORDS SO FAR', 'BEHIND'], ...cells]).forEach((line) => terminal.line(line));
  return 0;
}

async function summaryOf(log: EventLog, topic: string) {
  const partitions = await topicLag(log, topic);
  const isRead = (INTERACTION_TOPICS as readonly string[]).includes(topic);
  return {
    topic,
    partitions: partitions?.length ?? null,
    end: partitions === null ? null : sumOf(partitions.map((partition) => partition.end)),
    behind: partitions === null || !isRead ? null : sumOf(partitions.map((partition) => partition.lag)),
  };
}

async function tailNamed(context: CommandContext, name: string, options: TailOptions): Promise<ExitCode> {
  const names = TOPICS.map((topic) => topic.name);
  if (!names.includes(name)) {
    context.terminal.error(`There is no topic "${name}". Choose one of: ${names.join(', ')}.`);
    return 2;
  }
  return withLog(context, (log) => tail(context, log, name, options));
}

/** Prints records until the present end, or until Ctrl-C. */
export async function tail(
  { terminal, signal }: CommandContext,
  log: EventLog,
  topic: string,
  options: TailOptions,
): Promise<ExitCode> {
  const fromBeginning = options.fromBeginning === true;
  const follow = options.follow === true || !fromBeginning;
  for await (const record of log.read(topic, { from: fromBeginning ? 'beginning' : 'end', follow, signal })) {
    if (options.json === true) {
      terminal.json(documentOf(record));
    } else {
      terminal.line(lineOf(record));
    }
  }
  return 0;
}

const VALUE_WIDTH = 160;

function lineOf(record: LogRecord): string {
  const type = record.headers['ce_type'] ?? '';
  const value = record.value === null ? '(tombstone)' : fitted(record.value.toString('utf8'), VALUE_WIDTH);
  const place = `${record.partition}/${record.offset}`;
  return `${record.timestamp.toISOString()} ${place} ${fitted(record.key ?? '-', 60)} ${type} ${value}`;
}

function documentOf(record: LogRecord): object {
  const { topic, partition, offset, timestamp, key, headers } = record;
  return { topic, partition, offset, timestamp, key, headers, value: valueOf(record.value) };
}

/** The JSON value; anything else as base64, so that nothing of it is lost. */
function valueOf(value: Buffer | null): unknown {
  if (value === null) {
    return null;
  }
  try {
    return JSON.parse(value.toString('utf8')) as unknown;
  } catch {
    return { base64: value.toString('base64') };
  }
}
