import type { OutboxHead } from '#libs/case-store';
import type { HealthFinding } from '#libs/runtime';

/** A relay that starts again, or that a slow log holds up, is through with its oldest row by then. */
const PATIENCE_MS = 60_000;

/**
 * Notices an outbox of which nothing moves, whoever leads and whatever that process says of itself. Rows go in order, so it
 * moves exactly as long as its oldest row is another one from time to time; that there are old ones may be a backlog.
 */
export class OutboxWatch {
  #head: { readonly id: string; readonly since: number } | null = null;

  /** What there is to say when the oldest row is this one; null: nothing waits. `now`: milliseconds. */
  see(head: OutboxHead | null, now: number): HealthFinding {
    if (head === null) {
      this.#head = null;
      return { ok: true };
    }
    if (this.#head?.id !== head.id) {
      this.#head = { id: head.id, since: now };
    }
    const { since } = this.#head;
    if (head.ageSeconds * 1000 < PATIENCE_MS || now - since < PATIENCE_MS) {
      return { ok: true };
    }
    const waits = `its oldest row waits for ${Math.round(head.ageSeconds)} s`;
    return {
      ok: false,
      reason: `${waits}, and nothing of it has moved since ${new Date(since).toISOString()} at least`,
    };
  }
}
