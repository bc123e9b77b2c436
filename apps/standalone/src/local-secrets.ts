import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What an installation without a configuration needs to be safe and reachable all the same. */
export interface LocalSecrets {
  /** Signs case tokens and cursors. */
  readonly caseTokenSecret: string;
  /** Does everything over the Case API. */
  readonly apiKey: string;
}

export const SECRETS_FILE = 'secrets.json';

/** Reads the secrets of this data folder, or makes them once; readable for their owner only. */
export async function localSecrets(dataDirectory: string): Promise<LocalSecrets> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const path = join(dataDirectory, SECRETS_FILE);
  const fresh: LocalSecrets = {
    caseTokenSecret: randomBytes(32).toString('base64url'),
    apiKey: `cwk_${randomBytes(24).toString('base64url')}`,
  };
  try {
    await writeFile(path, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
    return JSON.parse(await readFile(path, 'utf8')) as LocalSecrets;
  }
}
