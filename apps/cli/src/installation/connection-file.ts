import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, messageOf, succeeded, type Outcome } from '../context.js';

/** What a running standalone says about itself, in a file that only its owner can read. */
export interface Connection {
  readonly databaseUrl: string;
  readonly httpUrl: string;
  readonly smtp: { readonly host: string; readonly port: number };
  /** Null when its owner declares the keys. */
  readonly apiKey: string | null;
  readonly log: { readonly kind: 'embedded' | 'kafka'; readonly brokers?: readonly string[] };
}

export function connectionFile(dataDirectory: string): string {
  return join(dataDirectory, 'connection.json');
}

/** The connection of the standalone that uses the data directory; null when none is running. */
export async function readConnection(dataDirectory: string): Promise<Outcome<Connection | null>> {
  const path = connectionFile(dataDirectory);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return absent ? succeeded(null) : failed(`${path} cannot be read: ${messageOf(error)}.`);
  }
  const connection = connectionOf(text);
  return connection === null
    ? failed(`${path} is damaged: stop the standalone, remove the file and start it again.`)
    : succeeded(connection);
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
