import { readdir } from 'node:fs/promises';

import type { MigrationSet } from '#libs/postgres';

const libraries = new URL('../../../', import.meta.url);

/**
 * Every `migrations` folder of the libraries. A set is named as its library, with the folders between when it is
 * deeper: libs/messaging/src/embedded/migrations is `messaging-embedded`. The library must use that name too.
 */
export async function findMigrationSets(): Promise<MigrationSet[]> {
  const entries = await readdir(libraries, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name === 'migrations')
    .map((entry) => `${entry.parentPath}/migrations/`.slice(libraries.pathname.length))
    .filter((folder) => /^[^/]+\/src\//.test(folder))
    .sort()
    .map((folder) => ({ set: nameOf(folder), directory: new URL(folder, libraries) }));
}

function nameOf(folder: string): string {
  const [library, , ...inner] = folder.replace(/\/migrations\/$/, '').split('/');
  return [library, ...inner].join('-');
}
