import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Whom files belong to; null when the server runs as us. */
export type Owner = { readonly uid: number; readonly gid: number } | null;

const UID_LIST = 'dovecot-uidlist';
let dropped = 0;

/** Puts a mail into a maildir as a delivery agent does: written to `tmp`, then renamed into `new`. */
export async function dropMail(maildir: string, bytes: Buffer, owner: Owner): Promise<void> {
  await createMaildir(maildir, owner);
  dropped += 1;
  const name = `${Math.floor(Date.now() / 1000)}.P${process.pid}Q${String(dropped).padStart(8, '0')}.${hostname()}`;
  const written = join(maildir, 'tmp', name);
  await writeOwned(written, bytes, owner);
  await rename(written, join(maildir, 'new', name));
}

/**
 * Replaces the server's index of a folder, so that it gives new UIDs under a UIDVALIDITY that is one higher; resolves it. (Left to
 * itself the server takes the time in seconds, which may be the old value again.) A session that has the folder open must be frozen.
 */
export async function forgetUids(maildir: string, owner: Owner): Promise<number> {
  const uidValidity = ((await readUidValidity(maildir)) ?? Math.floor(Date.now() / 1000)) + 1;
  const fresh = join(maildir, `fresh-${UID_LIST}`);
  await writeOwned(fresh, Buffer.from(`3 V${uidValidity} N1 G${randomBytes(16).toString('hex')}\n`), owner);
  const names = await readdir(maildir).catch(() => []);
  const indexes = names.filter((name) => name.startsWith('dovecot'));
  await Promise.all(indexes.map((name) => rm(join(maildir, name), { recursive: true, force: true })));
  await rename(fresh, join(maildir, UID_LIST));
  return uidValidity;
}

/** The UIDVALIDITY that the server's index of a folder has; null without an index. */
export async function readUidValidity(maildir: string): Promise<number | null> {
  const list = await readFile(join(maildir, UID_LIST), 'latin1').catch(() => '');
  const found = / V(\d+)/.exec(list);
  return found === null ? null : Number(found[1]);
}

async function writeOwned(path: string, bytes: Buffer, owner: Owner): Promise<void> {
  await writeFile(path, bytes);
  if (owner) {
    await chown(path, owner.uid, owner.gid);
  }
}

async function createMaildir(maildir: string, owner: Owner): Promise<void> {
  for (const folder of [maildir, ...['cur', 'new', 'tmp'].map((name) => join(maildir, name))]) {
    // Undefined when it was there already: then it is the server's own.
    const created = await mkdir(folder, { recursive: true });
    if (created !== undefined && owner) {
      await chown(folder, owner.uid, owner.gid);
    }
  }
}
