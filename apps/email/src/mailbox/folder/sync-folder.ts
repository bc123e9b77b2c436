import { pause } from '#libs/runtime';
import { saveHealth, written, type FolderWork } from './folder-work.js';
import { importMails } from './import-mails.js';
import { uidsAbove } from './list-mails.js';
import { markImported } from './mark-imported.js';
import { reconcileWhenDue } from './reconcile-folder.js';

/** The cursor means nothing under another UIDVALIDITY, and without one nothing beyond the connection. */
const NO_UID_VALIDITY = '0';
const LONGEST_POLL_MS = 60_000;

/**
 * Everything over one connection.
 * 1. Another UIDVALIDITY than the last one: begin with the first mail. A new mail may have a lower UID than the old cursor,
 *    and what is here already is recognised by its id.
 * 2. Catch up, mark what an earlier process left unmarked, and compare once a day.
 * 3. Wait in IDLE for a hint, at most a minute, and catch up again. A hint says only that it is worth asking.
 * 4. Before a catch-up, at most once a minute, open the folder by its name anew: another one may have the name by now.
 *
 * Resolves when the application stops; rejects with `MailboxFailure` when the connection or anything else fails.
 */
export async function syncFolder(work: FolderWork, onSynced: () => void): Promise<void> {
  await adoptUidValidity(work);
  let openedAt = performance.now();
  let isFirst = true;
  while (!work.stop.aborted) {
    if (performance.now() - openedAt > work.times.reopen && work.folder.uidValidity !== NO_UID_VALIDITY) {
      await work.folder.reopen();
      openedAt = performance.now();
    }
    work.folder.takeHint();
    await catchUp(work, isFirst);
    if (work.stop.aborted) {
      return;
    }
    await markImported(work);
    await reconcileWhenDue(work);
    isFirst = false;
    onSynced();
    await waitForNews(work);
  }
}

async function adoptUidValidity({ dependencies, folder, lease, mailbox, memory }: FolderWork): Promise<void> {
  const isKnown = memory.uidValidity === folder.uidValidity && folder.uidValidity !== NO_UID_VALIDITY;
  if (isKnown) {
    return;
  }
  if (memory.uidValidity !== null) {
    const change = { mailbox: mailbox.address, before: memory.uidValidity, now: folder.uidValidity };
    dependencies.logger.warn(change, 'The folder has another UIDVALIDITY; it is read again from its first mail');
  }
  await written(dependencies.store.adopt(lease.held, folder.uidValidity));
  Object.assign(memory, { uidValidity: folder.uidValidity, lastUid: 0, highestModseq: null, seenAbove: 0 });
}

/** Imports what is above the cursor until a question finds nothing more. */
async function catchUp(work: FolderWork, isFirst: boolean): Promise<void> {
  const { dependencies, folder, mailbox, memory } = work;
  if (!(isFirst && isUnchanged(work))) {
    // A server tells of new mail at the end of a command; the search after it sees that mail.
    await folder.run((client) => client.noop());
    const uids = await uidsAbove(folder, memory.lastUid);
    dependencies.mailboxMetrics.backlog(mailbox.address, uids.length);
    if (uids.length > 0) {
      await saveHealth(work, { phase: 'catching_up', backlog: uids.length });
      await importMails(work, uids);
    }
  }
  if (work.stop.aborted) {
    return;
  }
  const syncedAt = new Date();
  const highestModseq = isFirst ? folder.highestModseq : undefined;
  await saveHealth(work, { phase: 'idle', syncedAt, backlog: 0, tokenExpiresAt: folder.tokenExpiresAt, highestModseq });
  memory.highestModseq = highestModseq ?? memory.highestModseq;
  dependencies.mailboxMetrics.synced(mailbox.address, syncedAt);
}

/** Nothing was added or changed since the folder was read to its end (RFC 7162); only worth a question less. */
function isUnchanged({ folder, memory }: FolderWork): boolean {
  const sameModseq = folder.highestModseq !== null && folder.highestModseq === memory.highestModseq;
  return sameModseq && folder.uidNext > 0 && folder.uidNext <= memory.lastUid + 1;
}

/** Rejects when the connection ends; IDLE itself would only stop. */
async function waitForNews({ folder, mailbox, stop }: FolderWork): Promise<void> {
  const woken = new AbortController();
  const wake = () => woken.abort();
  folder.onHint(wake);
  stop.addEventListener('abort', wake);
  folder.closed.addEventListener('abort', wake);
  try {
    if (folder.takeHint() || stop.aborted || folder.closed.aborted) {
      return;
    }
    // The next command ends it.
    void folder.run((client) => client.idle()).catch(() => undefined);
    await pause(Math.min(mailbox.imap.pollSeconds * 1000, LONGEST_POLL_MS), woken.signal);
  } finally {
    folder.onHint(null);
    stop.removeEventListener('abort', wake);
    folder.closed.removeEventListener('abort', wake);
  }
}
