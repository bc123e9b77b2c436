import type { Command } from 'commander';
import { createPool } from '#libs/postgres';
import { httpAddress } from '#libs/runtime';
import type { CommandContext, ExitCode } from '../context.js';
import { examineConnections } from '../doctor/examine-connections.js';
import { examineDatabase } from '../doctor/examine-database.js';
import { examineRecordings } from '../doctor/examine-recordings.js';
import { examineRules } from '../doctor/examine-rules.js';
import { examineSearch } from '../doctor/examine-search.js';
import { examineLog } from '../doctor/examine-log.js';
import { examineBlobStore, examineDisk, examineJava } from '../doctor/examine-machine.js';
import { examineHttp, examineSmtp } from '../doctor/examine-network.js';
import { examineSilence } from '../doctor/examine-silence.js';
import { examineUnsent } from '../doctor/examine-unsent.js';
import { broken, fine, skipped, type Finding } from '../doctor/finding.js';
import { findInstallation, type Installation } from '../installation/find-installation.js';
import { openLog } from '../installation/with-log.js';
import { tableOf } from '../terminal.js';

export function addDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('say what is configured and what can be reached; changes nothing')
    .option('--json', 'one JSON document per finding')
    .addHelpText('after', '\nExamples:\n  casewright doctor\n  CASEWRIGHT_CONFIG=acme.yml casewright doctor --json')
    .action(async ({ json }: { readonly json?: boolean }) => {
      context.finish(await doctor(context, json === true));
    });
}

/** Prints what was found; 1 when something that is configured does not work. */
export async function doctor(context: CommandContext, json: boolean): Promise<ExitCode> {
  const findings = await examine(context);
  if (json) {
    findings.forEach((finding) => context.terminal.json(finding));
  } else {
    const rows = findings.map(({ state, what, detail }) => [state, what, detail]);
    tableOf(rows).forEach((line) => context.terminal.line(line));
  }
  return findings.some(({ state }) => state === 'failed') ? 1 : 0;
}

async function examine({ environment }: CommandContext): Promise<Finding[]> {
  const found = await findInstallation(environment);
  if (!found.ok) {
    return [broken('configuration', found.reason), await examineJava(environment)];
  }
  const { configuration, connection, smtp } = found.value;
  const [stored, ...rest] = await Promise.all([
    examineStores(found.value),
    examineBlobStore(configuration.blobUrl),
    examineSmtp(smtp),
    examineHttp(connection?.httpUrl ?? httpAddress(configuration.host, configuration.port)),
    examineDisk(configuration.dataDirectory),
    examineJava(environment),
  ]);
  return [...describe(found.value), ...examineConnections(configuration), ...stored, ...rest];
}

function describe({ configuration, connection }: Installation): Finding[] {
  const { file, account, mailboxes, groups, agents, dataDirectory } = configuration;
  const counts = `${mailboxes.length} mailboxes, ${groups.length} groups, ${agents.length} agents`;
  return [
    fine('configuration', `${file ?? 'defaults, no file'}: account ${account.name}, ${counts}`),
    connection === null
      ? skipped('standalone', `none runs with the data in ${dataDirectory}`)
      : fine('standalone', `said that it runs at ${connection.httpUrl} with the data in ${dataDirectory}`),
  ];
}

async function examineStores(installation: Installation): Promise<Finding[]> {
  const { databaseUrl, brokers, configuration } = installation;
  if (databaseUrl === null) {
    const detail = 'no DATABASE_URL, and no standalone that runs its own';
    return [skipped('database', detail), skipped('log', detail)];
  }
  const pool = createPool({ connectionString: databaseUrl, max: 4, applicationName: 'casewright-doctor' });
  const where = brokers.length > 0 ? `Kafka at ${brokers.join(', ')}` : 'the log in the database';
  try {
    const database = await examineDatabase(pool, brokers.length > 0 ? 'kafka' : 'embedded');
    const isUp = database.every(({ state }) => state === 'ok') || brokers.length > 0;
    const log = isUp ? await examineLog(() => openLog({ installation, pool }), where) : [skipped('log', where)];
    const unsent = isUp ? await examineUnsent(pool) : [];
    const search = isUp ? [await examineSearch(pool)] : [];
    const rules = isUp ? await examineRules(pool, configuration) : [];
    const telephony = isUp
      ? [...(await examineSilence(pool, configuration)), ...(await examineRecordings(pool, configuration))]
      : [];
    return [...database, ...search, ...rules, ...telephony, ...log, ...unsent];
  } finally {
    await pool.end();
  }
}
