import { inStore, written, type FolderWork } from './folder-work.js';
import { importMails } from './import-mails.js';
import { uidsSince } from './list-mails.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Longer than a mail may wait for its first comparison, shorter than the single mails are remembered. */
const COMPARED_DAYS = 3;
const REMEMBERED_DAYS = 7;
/** A folder of at most so many mails is compared as a whole. */
const SMALL_FOLDER = 2_000;

/**
 * Compares the folder with the single mails that were imported, once a day: the cursor cannot show a gap below itself.
 * 1. Ask the server for the mails of the last days.
 * 2. Whatever lies at or below the cursor and was not imported is imported now; mails that are here already are
 *    recognised by their ids.
 * 3. Tell how many these were: each one is a mail that would have been lost.
 *
 * Rejects with `MailboxFailure`.
 */
export async function reconcileWhenDue(work: FolderWork): Promise<void> {
  const { memory, times } = work;
  if (memory.lastReconciledAt !== null && Date.now() - memory.lastReconciledAt.getTime() < times.reconcile) {
    return;
  }
  const { dependencies, folder, lease, mailbox } = work;
  const missing = await findMissing(work);
  if (missing.length > 0) {
    dependencies.logger.warn(
      { mailbox: mailbox.address, missing: missing.length, first: missing[0], last: missing.at(-1) },
      'Mails below the cursor were never imported; they are imported now',
    );
    await importMails(work, missing);
  }
  if (work.stop.aborted || folder.closed.aborted) {
    return;
  }
  await written(dependencies.store.saveReconciled(lease.held, missing.length));
  dependencies.mailboxMetrics.reconciled(mailbox.address, missing.length);
  memory.seenAbove = await inStore(dependencies.store.forgetSeen(lease.held, REMEMBERED_DAYS));
  memory.lastReconciledAt = new Date();
}

async function findMissing({ dependencies, folder, lease, memory }: FolderWork): Promise<number[]> {
  const { client } = folder;
  const exists = client.mailbox === false ? 0 : client.mailbox.exists;
  const since = exists <= SMALL_FOLDER ? null : new Date(Date.now() - COMPARED_DAYS * DAY_MS);
  const present = await uidsSince(folder, since);
  const compared = present.filter((uid) => uid > memory.seenAbove && uid <= memory.lastUid);
  const seen = new Set(await inStore(dependencies.store.findSeen(lease.held, folder.uidValidity, compared)));
  return compared.filter((uid) => !seen.has(uid));
}
