import type { MailInHand } from '../../receive/mail-in-hand.js';
import { publishMails, type PreparedMail } from '../../receive/publish-mails.js';
import { prepareMails } from '../../receive/receive-mail.js';
import { MailboxFailure, mailboxFailure } from '../connection/mailbox-failure.js';
import { downloadMail, fetchPortion } from './fetch-portion.js';
import { leaseLost, stepDone, written, type FolderWork } from './folder-work.js';
import { listMails } from './list-mails.js';
import { markImported, MARKED_AT_ONCE, needsMarks } from './mark-imported.js';
import { portionsOf, type ListedMail, type Portion } from './portions.js';

/** A portion between its fetch and its record. */
interface PortionInWork {
  /** UIDs of the mails that were still there. */
  readonly uids: readonly number[];
  /** The cursor may move here when all of them are durable. */
  readonly lastUid: number;
  readonly preparing: Promise<PreparedMail[]>;
  readonly startedAt: number;
  /** Mails that wait behind it. */
  readonly backlog: number;
}

const LISTED_AT_ONCE = 500;
/** Portions that are parsed or published while the next one is fetched. */
const PORTIONS_IN_WORK = 2;

/**
 * Makes mails durable, in the order of their UIDs.
 * 1. List them: their sizes decide what is fetched by one command and what is streamed.
 * 2. Fetch portion after portion; while one is fetched, those before are parsed and published.
 * 3. Publish a portion in one go, then move the cursor past it, strictly one portion after the other.
 * 4. Mark what is durable, many mails by one command.
 *
 * Ends early when the application stops. Rejects with `MailboxFailure`; what was published before stays behind the cursor.
 */
export async function importMails(work: FolderWork, uids: readonly number[]): Promise<void> {
  const line = startLine(work);
  let fetchFailure: MailboxFailure | null = null;
  try {
    await fetchAll(work, uids, line);
  } catch (error) {
    fetchFailure = mailboxFailure(error, work.mailbox.imap);
  }
  const failure = (await line.end()) ?? fetchFailure;
  if (failure !== null) {
    throw failure;
  }
  await markImported(work);
}

async function fetchAll(work: FolderWork, uids: readonly number[], line: Line): Promise<void> {
  let unmarked = 0;
  for (let start = 0; start < uids.length; start += LISTED_AT_ONCE) {
    const listed = await listMails(work.folder, uids.slice(start, start + LISTED_AT_ONCE));
    let left = uids.length - start;
    for (const portion of portionsOf(listed)) {
      if (work.stop.aborted || !(await line.hasRoom())) {
        return;
      }
      left -= portion.mails.length;
      line.add(await takePortion(work, portion, left));
      unmarked += portion.mails.length;
      if (needsMarks(work) && unmarked >= MARKED_AT_ONCE) {
        unmarked = 0;
        await markImported(work);
      }
    }
  }
}

async function takePortion(work: FolderWork, portion: Portion, backlog: number): Promise<PortionInWork> {
  const startedAt = performance.now();
  const lastUid = portion.mails.at(-1)?.uid ?? 0;
  const taken = portion.isLarge ? await takeLarge(work, portion.mails[0]) : await takeSmall(work, portion);
  await stepDone(work, 'fetched');
  return { ...taken, lastUid, startedAt, backlog };
}

type Taken = Pick<PortionInWork, 'uids' | 'preparing'>;

async function takeSmall(work: FolderWork, portion: Portion): Promise<Taken> {
  const fetched = await fetchPortion(work.folder, portion);
  const mails = fetched.map(({ mail, content }) => inHand(work, mail, content));
  return { uids: fetched.map(({ mail }) => mail.uid), preparing: prepare(work, mails) };
}

/** Stored to its end before the next command, which would wait for it. */
async function takeLarge(work: FolderWork, mail: ListedMail | undefined): Promise<Taken> {
  const content = mail === undefined ? null : await downloadMail(work.folder, mail.uid);
  if (mail === undefined || content === null) {
    return { uids: [], preparing: Promise.resolve([]) };
  }
  const prepared = await work.folder.run(() => prepare(work, [inHand(work, mail, content)]));
  return { uids: [mail.uid], preparing: Promise.resolve(prepared) };
}

function prepare({ dependencies }: FolderWork, mails: readonly MailInHand[]): Promise<PreparedMail[]> {
  // The mailbox's own server has accepted the mails: refusing one for its size would lose it.
  return prepareMails(mails, { ...dependencies, maxMessageBytes: Number.MAX_SAFE_INTEGER });
}

function inHand({ mailbox }: FolderWork, mail: ListedMail, content: MailInHand['content']): MailInHand {
  const { imap: _imap, ...settings } = mailbox;
  return {
    content,
    envelope: {
      provider: 'imap',
      receivedAt: new Date(),
      arrivedAt: mail.arrivedAt ?? undefined,
      providerThreadId: mail.threadId,
      from: null,
      recipients: [],
      mailboxes: [settings],
    },
  };
}

/** Portions on their way to their records, first come, first published. */
interface Line {
  /** Waits until another portion may be begun; false when one before has failed. */
  hasRoom(): Promise<boolean>;
  add(portion: PortionInWork): void;
  /** Waits for all of them; the first failure. */
  end(): Promise<MailboxFailure | null>;
}

function startLine(work: FolderWork): Line {
  let last: Promise<MailboxFailure | null> = Promise.resolve(null);
  const inWork: Promise<MailboxFailure | null>[] = [];
  const settleAfter = async (before: Promise<MailboxFailure | null>, portion: PortionInWork) => {
    try {
      const failed = await before;
      await (failed === null ? settle(work, portion) : portion.preparing);
      return failed;
    } catch (error) {
      return mailboxFailure(error, work.mailbox.imap);
    }
  };
  return {
    async hasRoom() {
      const oldest = inWork.length < PORTIONS_IN_WORK ? null : inWork.shift();
      return ((await oldest) ?? null) === null;
    },
    add(portion) {
      last = settleAfter(last, portion);
      inWork.push(last);
    },
    end: () => last,
  };
}

/** Phase 3. A process that lost its lease publishes nothing, and cannot move the cursor. */
async function settle(work: FolderWork, portion: PortionInWork): Promise<void> {
  const { dependencies, folder, lease, mailbox, memory } = work;
  const prepared = await portion.preparing;
  await stepDone(work, 'stored');
  if (!lease.isValid()) {
    throw leaseLost();
  }
  const origin = { provider: 'imap', startedAt: portion.startedAt } as const;
  const { durable, refusal } = await publishMails(prepared, origin, dependencies);
  await stepDone(work, 'published');
  const uids = portion.uids.slice(0, durable);
  const lastUid = refusal === null ? portion.lastUid : (uids.at(-1) ?? 0);
  if (lastUid > 0) {
    const backlog = portion.backlog + portion.uids.length - durable;
    const progress = { uidValidity: folder.uidValidity, lastUid, uids, toMark: needsMarks(work), backlog };
    await written(dependencies.store.saveProgress(lease.held, progress));
    memory.lastUid = Math.max(memory.lastUid, lastUid);
    work.imported += uids.length;
    dependencies.mailboxMetrics.imported(mailbox.address, uids.length);
    dependencies.mailboxMetrics.backlog(mailbox.address, backlog);
  }
  await stepDone(work, 'saved');
  if (refusal !== null) {
    throw new MailboxFailure(
      'unavailable',
      `the mail with UID ${portion.uids[durable]} was not taken: ${refusal.reason}`,
    );
  }
}
