import type { HeldFolder, MailboxPhase, MailboxStore } from '#libs/channel-kit';

/** A lease that is prolonged by itself. */
export interface FolderLease {
  readonly held: HeldFolder;
  /** Aborted when the lease was lost, or may have been. */
  readonly lost: AbortSignal;
  /** Whether it is ours now, by our clock too: a process that was frozen wakes up without it. */
  isValid(): boolean;
  /** Stops prolonging; the next holder may begin at once. Never rejects. */
  release(phase: MailboxPhase): Promise<void>;
}

/**
 * Prolongs a lease three times in its duration. It counts from before the question was asked, so by our clock it never lasts longer
 * than by the database's.
 */
export function keepLease(store: MailboxStore, held: HeldFolder, leaseMs: number, askedAt: number): FolderLease {
  const lost = new AbortController();
  let validUntil = askedAt + leaseMs;
  const isValid = () => !lost.signal.aborted && performance.now() < validUntil;
  const renew = async (): Promise<void> => {
    const asked = performance.now();
    const renewed = await store.renew(held, leaseMs).catch(() => null);
    if (renewed === true) {
      validUntil = asked + leaseMs;
    } else if (renewed === false || performance.now() >= validUntil) {
      lost.abort();
    }
  };
  const timer = setInterval(() => void renew(), leaseMs / 3);
  return {
    held,
    lost: lost.signal,
    isValid,
    async release(phase) {
      clearInterval(timer);
      await store.release(held, phase).catch(() => undefined);
    },
  };
}
