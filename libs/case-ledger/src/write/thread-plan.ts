import type { ThreadClaim } from '#libs/case-domain';
import { threadKeyOf } from '#libs/case-domain';
import type { ThreadRow } from '#libs/case-store';

/** The thread keys of a batch: one row per name, however many of its interactions claim it. */
export class ThreadPlan {
  private readonly claimed = new Map<string, ThreadRow>();

  /** A name that an earlier interaction awaited gets its bearer; nobody takes a name away from its case. */
  add(claims: readonly ThreadClaim[]): void {
    for (const { kind, value, caseId, interactionId } of claims) {
      const key = threadKeyOf(kind, value);
      const earlier = this.claimed.get(key);
      if (earlier === undefined) {
        this.claimed.set(key, { kind, value, caseId, interactionId });
      } else if (earlier.caseId === caseId && earlier.interactionId === null) {
        this.claimed.set(key, { ...earlier, interactionId });
      }
    }
  }

  rows(): ThreadRow[] {
    return [...this.claimed.values()];
  }
}
