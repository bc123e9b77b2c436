import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How the command line finds a running standalone. */
export interface Connection {
  readonly databaseUrl: string;
  readonly httpUrl: string;
  readonly smtp: { readonly host: string; readonly port: number };
  readonly apiKey: string | null;
  readonly log: { readonly kind: 'kafka' | 'embedded'; readonly brokers?: readonly string[] };
}

const NAME = 'connection.json';

/** Writes it readable for its owner only: it holds the database's password. */
export async function writeConnectionFile(dataDirectory: string, connection: Connection): Promise<void> {
  await mkdir(dataDirectory, { recursive: true });
  const path = join(dataDirectory, NAME);
  await writeFile(`${path}.new`, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Removes it at the end, so that nobody knocks at a door that is closed. */
export async function removeConnectionFile(dataDirectory: string): Promise<void> {
  await rm(join(dataDirectory, NAME), { force: true });
}
