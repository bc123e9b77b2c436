/** A folder of a mailbox of one account. */
export interface MailboxFolder {
  readonly mailbox: string;
  readonly folder: string;
}

/** A folder that we hold the lease of. A later holder has a higher fence, and our writes change nothing any more. */
export interface HeldFolder extends MailboxFolder {
  readonly owner: string;
  readonly fence: string;
}

/** Where the work on a folder stands. */
export interface FolderPosition {
  /** A number of 32 bits, kept as text; null before the first time. */
  readonly uidValidity: string | null;
  /** Highest UID whose mail, and every mail below it, is durable. */
  readonly lastUid: number;
  readonly highestModseq: string | null;
  /** UIDs up to here are not remembered one by one any more. */
  readonly seenAbove: number;
  readonly lastReconciledAt: Date | null;
}

/** What a holder is doing. `waiting`: nobody works on it, or whoever did has ended. */
export type MailboxPhase = 'waiting' | 'connecting' | 'catching_up' | 'idle' | 'paused' | 'stopped';

/** What became durable at once. */
export interface FolderProgress {
  readonly uidValidity: string;
  /** Never moves the cursor back. */
  readonly lastUid: number;
  readonly uids: readonly number[];
  /** Whether the mails still have to be marked on the server. */
  readonly toMark: boolean;
  /** Mails that are known to wait still. */
  readonly backlog: number;
}

/** How a mailbox fares; what is left out stays as it is. */
export interface MailboxHealth {
  readonly phase: MailboxPhase;
  readonly syncedAt?: Date;
  /** Saved when a sync came to its end. */
  readonly highestModseq?: string | null;
  readonly error?: { readonly reason: string; readonly at: Date; readonly consecutiveFailures: number };
  readonly backlog?: number;
  readonly tokenExpiresAt?: Date | null;
}
