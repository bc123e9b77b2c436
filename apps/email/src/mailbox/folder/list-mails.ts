import { MailboxFailure } from '../connection/mailbox-failure.js';
import type { OpenFolder } from '../connection/open-folder.js';
import { uidSet, type ListedMail } from './portions.js';

/** The UIDs above the cursor, ascending. `n:*` names the last mail even when its UID is lower (RFC 3501 §6.4.8). */
export async function uidsAbove(folder: OpenFolder, lastUid: number): Promise<number[]> {
  const found = await searchUids(folder, { uid: `${lastUid + 1}:*` });
  return found.filter((uid) => uid > lastUid);
}

/** The UIDs of mails that arrived since a day; of all mails without one. */
export function uidsSince(folder: OpenFolder, since: Date | null): Promise<number[]> {
  return searchUids(folder, since === null ? { all: true } : { since });
}

async function searchUids(
  folder: OpenFolder,
  query: { readonly uid: string } | { readonly since: Date } | { readonly all: true },
): Promise<number[]> {
  const { client } = folder;
  if (client.mailbox === false || client.mailbox.exists === 0) {
    return [];
  }
  const found = await folder.run(() => client.search(query, { uid: true }));
  // Nothing found is an empty list: anything else must not be taken for an empty folder.
  if (!Array.isArray(found)) {
    throw new MailboxFailure('connection', 'the server refuses to search the folder');
  }
  return [...new Set(found)].sort((left, right) => left - right);
}

/** What the server says of these mails, ascending; one that is gone by now is left out. */
export async function listMails(folder: OpenFolder, uids: readonly number[]): Promise<ListedMail[]> {
  const wanted = new Set(uids);
  const fields = { uid: true, size: true, internalDate: true, threadId: true };
  return folder.run(async (client) => {
    const listed = new Map<number, ListedMail>();
    for await (const { uid, size, internalDate, threadId } of client.fetch(uidSet(uids), fields, { uid: true })) {
      if (wanted.has(uid) && (size !== undefined || !listed.has(uid))) {
        listed.set(uid, { uid, size: size ?? 0, arrivedAt: dateOf(internalDate), threadId: threadId ?? null });
      }
    }
    return [...listed.values()].sort((left, right) => left.uid - right.uid);
  });
}

function dateOf(internalDate: Date | string | undefined): Date | null {
  const date = new Date(internalDate ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
