import type { Pool } from 'pg';
import type {
  MailboxFolder,
  HeldFolder,
  FolderPosition,
  MailboxPhase,
  FolderProgress,
  MailboxHealth,
} from './mailbox-state.js';
import { acquireLease } from './sql/acquire-lease.js';
import { adoptUidValidity } from './sql/adopt-uid-validity.js';
import { findSeen } from './sql/find-seen.js';
import { forgetSeen } from './sql/forget-seen.js';
import { loadToMark } from './sql/load-to-mark.js';
import { releaseLease } from './sql/release-lease.js';
import { renewLease } from './sql/renew-lease.js';
import { saveHealth } from './sql/save-health.js';
import { saveMarked } from './sql/save-marked.js';
import { saveProgress } from './sql/save-progress.js';
import { saveReconciled } from './sql/save-reconciled.js';

/**
 * The state of the mailboxes of one account in PostgreSQL. Rejects when the database fails. Whatever writes answers
 * false once the lease was lost: then nothing was written.
 */
export interface MailboxStore {
  /** Null while somebody else holds it. Milliseconds. */
  acquire(
    folder: MailboxFolder,
    owner: string,
    leaseMs: number,
  ): Promise<{ readonly held: HeldFolder; readonly position: FolderPosition } | null>;
  renew(held: HeldFolder, leaseMs: number): Promise<boolean>;
  /** Lets the next one begin at once. */
  release(held: HeldFolder, phase: MailboxPhase): Promise<void>;
  /** Starts again from the first mail under another UIDVALIDITY. */
  adopt(held: HeldFolder, uidValidity: string): Promise<boolean>;
  saveProgress(held: HeldFolder, progress: FolderProgress): Promise<boolean>;
  saveHealth(held: HeldFolder, health: MailboxHealth): Promise<boolean>;
  /** Those of the UIDs that were imported. */
  findSeen(held: HeldFolder, uidValidity: string, uids: readonly number[]): Promise<number[]>;
  /** UIDs, lowest first, whose marks on the server are missing. */
  loadToMark(held: HeldFolder, uidValidity: string, limit: number): Promise<number[]>;
  saveMarked(held: HeldFolder, uidValidity: string, uids: readonly number[]): Promise<void>;
  saveReconciled(held: HeldFolder, missing: number): Promise<boolean>;
  /** Forgets the single mails that were imported longer ago; resolves with the highest UID that may be forgotten. */
  forgetSeen(held: HeldFolder, olderThanDays: number): Promise<number>;
}

export function postgresMailboxStore(pool: Pool, accountId: string): MailboxStore {
  return {
    acquire: (folder, owner, leaseMs) => acquireLease(pool, accountId, folder, owner, leaseMs),
    renew: (held, leaseMs) => renewLease(pool, accountId, held, leaseMs),
    release: (held, phase) => releaseLease(pool, accountId, held, phase),
    adopt: (held, uidValidity) => adoptUidValidity(pool, accountId, held, uidValidity),
    saveProgress: (held, progress) => saveProgress(pool, accountId, held, progress),
    saveHealth: (held, health) => saveHealth(pool, accountId, held, health),
    findSeen: (held, uidValidity, uids) => findSeen(pool, accountId, held, uidValidity, uids),
    loadToMark: (held, uidValidity, limit) => loadToMark(pool, accountId, held, uidValidity, limit),
    saveMarked: (held, uidValidity, uids) => saveMarked(pool, accountId, held, uidValidity, uids),
    saveReconciled: (held, missing) => saveReconciled(pool, accountId, held, missing),
    forgetSeen: (held, olderThanDays) => forgetSeen(pool, accountId, held, olderThanDays),
  };
}
