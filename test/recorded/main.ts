import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CASE_STORE_MIGRATIONS } from '#libs/case-store';
import { createPool, migrate, startEmbeddedPostgres } from '#libs/postgres';
import { compareRecordings } from './compare.js';
import { HELP, parseRecordedCommand, type RecordedCommand } from './options.js';
import { record } from './record.js';
import type { Tally } from './tally.js';

const quiet = { debug() {}, info() {}, warn() {}, error: console.error };
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(command: RecordedCommand): Promise<number> {
  switch (command.kind) {
    case 'help':
      process.stdout.write(HELP);
      return 0;
    case 'wrong':
      process.stderr.write(`${command.sentence}\n`);
      return 2;
    case 'record':
      say(String(await recordTo(command)));
      return 0;
    case 'compare': {
      const { differences, report } = await compareRecordings(command.before, command.after);
      say(report);
      return differences === 0 ? 0 : 1;
    }
  }
}

/** Records on a server of its own, which is gone afterwards. */
async function recordTo({ out, mails, seed }: Extract<RecordedCommand, { kind: 'record' }>): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-recorded-'));
  const server = await startEmbeddedPostgres({ dataDirectory: folder, logger: quiet, settings: SETTINGS });
  const pool = createPool({ connectionString: server.connectionString, applicationName: 'recorded' });
  const file = createWriteStream(out);
  try {
    await once(file, 'open');
    await migrate(pool, CASE_STORE_MIGRATIONS);
    const tally = await record(pool, { mails, seed }, (line) => void file.write(`${line}\n`));
    file.end();
    await once(file, 'finish');
    return tally;
  } finally {
    await pool.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main(parseRecordedCommand(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`The recording did not come to its end: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
