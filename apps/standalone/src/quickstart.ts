import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { problemsOfRouting } from '#libs/case-store';
import { checkConnections } from '#libs/channel-kit';
import { CASE_BUILDER_GROUP, INTERACTION_TOPICS } from '#libs/interaction';
import type { EventLog } from '#libs/messaging';
import { loadConfiguration, pause, runMain, type Configuration } from '#libs/runtime';
import { caseTable, notesText } from './case-table.js';
import { readCases } from './read-cases.js';
import { EXPECTED, SAMPLE_CONFIGURATION, sampleMails, sendSampleDay } from './sample-day.js';
import { localSecrets } from './local-secrets.js';
import { sampleEnvironment, sampleSecretsOf, type SampleSecrets, sendSampleCalls } from './sample-calls.js';
import { pressSampleNotes, type SampleNotes } from './sample-presses.js';
import { startStandalone, type Standalone } from './start-standalone.js';

const HELP = `Starts Casewright with everything embedded, feeds a sample day of mails, calls and what an agent notes of one, and prints the cases.

  npm run quickstart                     stays up until Ctrl-C; the data stays in ./data
  npm run quickstart -- --exit           stops after the table
  PORT=8080 SMTP_PORT=2626 npm run quickstart
  KAFKA_BROKERS=127.0.0.1:9092 npm run quickstart      on Apache Kafka ("npm run kafka" starts one)

A casewright.yml in this folder is used when there is one; without it the account of the sample day is.
`;

/** Long enough for a slow disk: the sample day takes a few seconds. */
const DECISION_LIMIT_MS = 60_000;

/**
 * 1. start everything
 * 2. send the sample day: mails over SMTP, calls as signed webhooks, and what an agent presses in a call bar
 * 3. wait until everything is decided
 * 4. print the cases and where to look at them
 * 5. stop, or stay up
 */
async function main(): Promise<void> {
  const { exit, help } = options();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const { environment, own, secrets } = await quickstartEnvironment();
  const configuration = loadConfiguration(environment, checkConnections, problemsOfRouting);
  say('Starting PostgreSQL, the log, SMTP and the Case API …');
  const standalone = await startStandalone(configuration);
  try {
    const notes = await feed(standalone, configuration);
    await waitForCases(standalone, own ? { cases: 0, interactions: 0 } : EXPECTED);
    await show(standalone, notes, own ? null : secrets);
  } catch (error) {
    await standalone.stop();
    throw error;
  }
  if (exit) {
    await standalone.stop();
    process.exit(0);
  }
  say('Running until Ctrl-C.');
}

function options(): { exit: boolean; help: boolean } {
  try {
    const { values } = parseArgs({ options: { exit: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
    return { exit: values.exit ?? false, help: values.help ?? false };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}

/** A terminal is for the table: the log is quiet unless somebody asks for it. */
async function quickstartEnvironment() {
  const own = process.env['CASEWRIGHT_CONFIG'] !== undefined || existsSync('casewright.yml');
  const secrets = sampleSecretsOf(await localSecrets(process.env['DATA_DIR'] ?? DATA_DIRECTORY));
  const sample = own ? {} : { CASEWRIGHT_CONFIG: SAMPLE_CONFIGURATION, ...sampleEnvironment(secrets) };
  const environment: NodeJS.ProcessEnv = { LOG_LEVEL: 'warn', ...process.env, ...sample };
  return { environment, own, secrets };
}

/** Where data is unless DATA_DIR says otherwise. */
const DATA_DIRECTORY = './data';

async function feed({ connection, log }: Standalone, configuration: Configuration): Promise<SampleNotes | null> {
  const mails = await sampleMails(configuration.mailboxes.map(({ address }) => address));
  say(`Sending ${mails.length} mails to ${connection.smtp.host}:${connection.smtp.port} …`);
  await sendSampleDay(mails, connection.smtp);
  await waitUntilDecided(log, DECISION_LIMIT_MS);
  const calls = await sendSampleCalls(connection, configuration);
  if (calls > 0) {
    say(`Sent ${calls} calls as signed webhooks to ${connection.httpUrl}/webhooks/ …`);
  }
  await waitUntilDecided(log, DECISION_LIMIT_MS);
  return pressSampleNotes(connection, configuration);
}

/** What nobody answered is decided some seconds after its end. Rejects when the sample day comes to less. */
async function waitForCases(
  { connection }: Standalone,
  wanted: { readonly cases: number; readonly interactions: number },
): Promise<void> {
  const deadline = performance.now() + CASES_LIMIT_MS;
  for (;;) {
    const { rows } = await readCases(connection);
    const interactions = rows.reduce((sum, row) => sum + row.interactions, 0);
    if (rows.length >= wanted.cases && interactions >= wanted.interactions) {
      return;
    }
    if (performance.now() > deadline) {
      const come = `${rows.length} cases of ${interactions} interactions`;
      throw new Error(`The sample day should come to ${wanted.cases} of ${wanted.interactions}, and came to ${come}.`);
    }
    await pause(200);
  }
}

const CASES_LIMIT_MS = 30_000;

/**
 * Waits until the case-builder has worked off everything that was published before the call.
 * Rejects with a sentence when that takes longer than `limit` milliseconds.
 */
async function waitUntilDecided(log: EventLog, limit: number): Promise<void> {
  const deadline = performance.now() + limit;
  for (;;) {
    const partitions = await log.lag(CASE_BUILDER_GROUP, INTERACTION_TOPICS);
    const waiting = partitions.reduce((sum, { lag }) => sum + lag, 0n);
    if (waiting === 0n) {
      return;
    }
    if (performance.now() > deadline) {
      throw new Error(
        `${waiting} interactions are still waiting after ${Math.round(limit / 1000)} s; see the log above.`,
      );
    }
    await pause(50);
  }
}

async function show(
  { connection }: Standalone,
  notes: SampleNotes | null,
  secrets: SampleSecrets | null,
): Promise<void> {
  const { rows, more } = await readCases(connection);
  say(`\n${caseTable(rows)}\n${more ? '… and more\n' : ''}`);
  if (notes !== null) {
    say(notesText(notes));
  }
  say(`Look at a case:      curl -H "Authorization: Bearer ${connection.apiKey ?? ''}" ${rows[0]?.url ?? ''}`);
  say('Why that case:       npx casewright explain INTERACTION   (ids: …/interactions of a case)');
  say('Watch the topics:    npx casewright topics tail case.events.v1 --from-beginning');
  say(`Send a mail:         npx casewright send mail.eml\nThe API's document:  ${connection.httpUrl}/openapi.json`);
  if (secrets !== null) {
    say(`Send a call:         ${callCommand(connection.httpUrl, secrets)}`);
  }
  say('');
}

/** For the connection `generic/sample`. */
function callCommand(httpUrl: string, { generic }: SampleSecrets): string {
  const address = `${httpUrl}/webhooks/generic/sample`;
  return `SECRET=${generic} sh examples/telephony/send.sh ${address} examples/telephony/generic/missed.json`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

runMain(main);
