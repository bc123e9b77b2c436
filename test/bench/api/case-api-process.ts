import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BenchDatabase } from '../bench-server.js';
import { withApp } from '../processes-under-bench.js';

const CONFIGURATION = `
account: { name: Acme, timeZone: Europe/Lisbon, defaultCountry: PT, resolvedAutoCloseDays: 5, defaultGroup: Support,
  backStops: { newCasesPerHour: 0, messagesPerCaseAndHour: 0, automaticPerDay: 0 } }
caseTokens: { secret: a-secret-of-the-benches-alone }
mailboxes:
  - { address: support@acme.example, group: Support }
rateLimit: off
`;

/** What the apps under measurement are started with. */
export async function environmentOf(
  { connectionString }: BenchDatabase,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const configurationFile = join(folder, 'casewright.yml');
  await writeFile(configurationFile, CONFIGURATION);
  return {
    CASEWRIGHT_CONFIG: configurationFile,
    DATABASE_URL: connectionString,
    DATA_DIR: join(folder, 'data'),
    BLOB_URL: pathToFileURL(join(folder, 'blobs')).href,
  };
}

/** Runs the Case API in a process of its own while the work lasts. */
export async function withCaseApi<Result>(
  database: BenchDatabase,
  work: (origin: string, environment: Readonly<Record<string, string>>) => Promise<Result>,
  { nodeOptions = [] as readonly string[], variables = {} } = {},
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-bench-api-'));
  try {
    const environment = { ...(await environmentOf(database, folder)), ...variables };
    return await withApp('case-api', environment, nodeOptions, ({ port }) => {
      return work(`http://127.0.0.1:${port}`, environment);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
