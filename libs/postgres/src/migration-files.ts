import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** One numbered SQL file. */
export interface MigrationFile {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, in hex. */
  readonly checksum: string;
}

/** The database and the files do not fit together, or a file failed. Work must not start. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** Reads `000001.sql`, `000002.sql`, … Ends in `MigrationError` when a number is missing or a name is odd. */
export async function readMigrationFiles(directory: URL): Promise<MigrationFile[]> {
  const folder = directory.href.endsWith('/') ? directory : new URL(`${directory.href}/`);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map((name, index) => readMigrationFile(folder, name, index + 1)));
}

async function readMigrationFile(folder: URL, name: string, expected: number): Promise<MigrationFile> {
  if (name !== `${String(expected).padStart(6, '0')}.sql`) {
    throw new MigrationError(`Migration files are numbered without gaps: expected number ${expected}, found ${name}`);
  }
  // A checkout on Windows may have changed the line ends; that is not a change of the migration.
  const sql = (await readFile(new URL(name, folder), 'utf8')).replaceAll('\r\n', '\n');
  return { number: expected, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
