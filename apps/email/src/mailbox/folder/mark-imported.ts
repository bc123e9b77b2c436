import { mailboxFailure } from '../connection/mailbox-failure.js';
import { inStore, stepDone, type FolderWork } from './folder-work.js';
import { uidSet } from './portions.js';

/** Mails of one command. */
export const MARKED_AT_ONCE = 500;

/** Whether imported mails are marked or moved on the server. */
export function needsMarks({ mailbox: { imap } }: Pick<FolderWork, 'mailbox'>): boolean {
  const { seen, keyword, moveTo } = imap.afterImport;
  return seen === true || (keyword ?? '') !== '' || ((moveTo ?? '') !== '' && moveTo !== imap.folder);
}

/**
 * Marks and moves what was imported, as the configuration says. The marks are for people: nothing relies on them, so a
 * refusal is only told. What a crash left unmarked is marked at the next time.
 * Rejects with `MailboxFailure` when the connection or the database fails.
 */
export async function markImported(work: FolderWork): Promise<void> {
  const { dependencies, folder, lease, mailbox } = work;
  while (needsMarks(work) && !work.marksRefused) {
    const uids = await inStore(dependencies.store.loadToMark(lease.held, folder.uidValidity, MARKED_AT_ONCE));
    if (uids.length === 0) {
      return;
    }
    const refusal = await applyMarks(work, uids);
    if (refusal !== null) {
      work.marksRefused = true;
      dependencies.logger.warn({ mailbox: mailbox.address, reason: refusal }, 'Imported mails could not be marked');
      return;
    }
    await inStore(dependencies.store.saveMarked(lease.held, folder.uidValidity, uids));
    await stepDone(work, 'marked');
  }
}

/** Null when the server did it, else why it did not. */
async function applyMarks(work: FolderWork, uids: readonly number[]): Promise<string | null> {
  const { folder, mailbox } = work;
  const { moveTo } = mailbox.imap.afterImport;
  const set = uidSet(uids);
  try {
    const flags = allowedFlags(work);
    if (flags.length > 0) {
      const done = await folder.run((client) => client.messageFlagsAdd(set, flags, { uid: true }));
      if (!done) {
        return 'the server refuses the flags';
      }
    }
    await stepDone(work, 'marking');
    if (moveTo && moveTo !== mailbox.imap.folder) {
      return await move(work, set, moveTo);
    }
    return null;
  } catch (error) {
    if (folder.closed.aborted) {
      throw error;
    }
    return mailboxFailure(error, mailbox.imap).message;
  }
}

/** A keyword only where the folder keeps keywords: others forget it, or refuse the whole command. */
function allowedFlags({ folder, mailbox }: FolderWork): string[] {
  const { seen, keyword } = mailbox.imap.afterImport;
  const { client } = folder;
  const permanent = client.mailbox === false ? undefined : client.mailbox.permanentFlags;
  const keeps = (flag: string) => permanent === undefined || permanent.has(flag);
  const allowsKeyword = keyword ? keeps('\\*') || keeps(keyword) : false;
  return [...(seen === true && keeps('\\Seen') ? ['\\Seen'] : []), ...(keyword && allowsKeyword ? [keyword] : [])];
}

/** Folders below folders are written with `/`, whatever stands between names on the server. */
async function move({ folder }: FolderWork, set: string, path: string): Promise<string | null> {
  const { mailbox } = folder.client;
  const target = path.replaceAll('/', mailbox === false ? '/' : mailbox.delimiter);
  const moved = await folder.run((client) => client.messageMove(set, target, { uid: true }));
  if (moved !== false) {
    return null;
  }
  // The folder may be missing: a first mail creates it.
  await folder.run((client) => client.mailboxCreate(target));
  const again = await folder.run((client) => client.messageMove(set, target, { uid: true }));
  return again === false ? `the server does not move mails to ${target}` : null;
}
