import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { openBlobStore } from '#libs/blob-store';
import { messageOf } from '../context.js';
import { blobsExist } from '../installation/open-blobs.js';
import { broken, doubtful, fine, skipped, type Finding } from './finding.js';

const run = promisify(execFile);
const GIGABYTE = 1024 ** 3;

/** Whether the store takes writes. */
export async function examineBlobStore(address: string): Promise<Finding> {
  if (!(await blobsExist(address))) {
    return skipped('blob store', `${address} does not exist yet: it is made when something is stored`);
  }
  try {
    const store = await openBlobStore(address);
    const answer = await store.check();
    return answer.ok ? fine('blob store', `${address} can be written`) : broken('blob store', answer.reason);
  } catch (error) {
    return broken('blob store', `${address} cannot be written (${messageOf(error)}): correct BLOB_URL or its rights`);
  }
}

/** Free space where the data is, or where it will be. */
export async function examineDisk(folder: string): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const detail = `${(free / GIGABYTE).toFixed(1)} GB free at ${folder}`;
    if (free < GIGABYTE / 5) {
      return broken('disk', `${detail}: make room, PostgreSQL stops when there is none`);
    }
    return free < 2 * GIGABYTE ? doubtful('disk', `${detail}, which mails and topics soon fill`) : fine('disk', detail);
  } catch (error) {
    const parent = dirname(folder);
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT' && parent !== folder;
    return absent ? examineDisk(parent) : doubtful('disk', `${folder} cannot be looked at: ${messageOf(error)}`);
  }
}

/** Java and mvn are needed for nothing but `npm run kafka`. */
export async function examineJava(environment: NodeJS.ProcessEnv): Promise<Finding> {
  const commands = [
    ['java', ['-version']],
    ['mvn', ['-version']],
  ] as const;
  const found = await Promise.all(
    commands.map(([name, options]) =>
      run(name, options, { env: environment, timeout: 20_000 }).then(
        () => null,
        () => name,
      ),
    ),
  );
  const missing = found.filter((name) => name !== null);
  return missing.length === 0
    ? fine('Java', 'java and mvn are there for "npm run kafka"')
    : skipped('Java', `${missing.join(' and ')} not found; only "npm run kafka" needs it`);
}
