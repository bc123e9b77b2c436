import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from './errors.js';

/** What a running standalone says about itself, in a file that only its owner can read: it holds passwords. */
export interface Connection {
  readonly databaseUrl: string;
  readonly httpUrl: string;
  readonly smtp: { readonly host: string; readonly port: number };
  /** Null when its owner declares the keys. */
  readonly apiKey: string | null;
  readonly log: { readonly kind: 'embedded' | 'kafka'; readonly brokers?: readonly string[] };
}

const pathIn = (dataDirectory: string): string => join(dataDirectory, 'connection.json');

/** Writes it whole or not at all. */
export async function writeConnectionFile(dataDirectory: string, connection: Connection): Promise<void> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const path = pathIn(dataDirectory);
  await writeFile(`${path}.new`, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Removes it at the end, so that nobody knocks at a door that is closed. */
export async function removeConnectionFile(dataDirectory: string): Promise<void> {
  await rm(pathIn(dataDirectory), { force: true });
}

/** A connection, null where no standalone runs, or one sentence that says why the file cannot be used. */
export type ConnectionFinding =
  { readonly ok: true; readonly value: Connection | null } | { readonly ok: false; readonly reason: string };

/** The connection of the standalone that uses the data directory. */
export async function readConnectionFile(dataDirectory: string): Promise<ConnectionFinding> {
  const path = pathIn(dataDirectory);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isAbsent
      ? { ok: true, value: null }
      : { ok: false, reason: `${path} cannot be read: ${errorMessage(error)}.` };
  }
  const connection = connectionOf(text);
  return connection === null
    ? { ok: false, reason: `${path} is damaged: stop the standalone, remove the file and start it again.` }
    : { ok: true, value: connection };
}

function connectionOf(text: string): Connection | null {
  try {
    const found = JSON.parse(text) as Partial<Connection> | null;
    const whole =
      typeof found?.databaseUrl === 'string' &&
      typeof found.httpUrl === 'string' &&
      typeof found.smtp?.port === 'number' &&
      typeof found.log?.kind === 'string';
    return whole ? (found as Connection) : null;
  } catch {
    return null;
  }
}
