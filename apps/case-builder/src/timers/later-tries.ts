/** What failed is tried again after one pause, then after twice that, up to the longest one. Milliseconds. */
export interface Pauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

interface Failed {
  readonly failures: number;
  readonly notBefore: number;
}

/** Remembers what failed, by name, so that it is left alone for a while and keeps nothing else waiting. */
export class LaterTries {
  private readonly failed = new Map<string, Failed>();

  /** `clock`: milliseconds that only grow. */
  constructor(
    private readonly pauses: Pauses,
    private readonly clock: () => number,
  ) {}

  /** Names that are left alone for now. */
  resting(): string[] {
    const now = this.clock();
    return [...this.failed].flatMap(([name, { notBefore }]) => (notBefore > now ? [name] : []));
  }

  /** Milliseconds until the next try. */
  fail(name: string): number {
    const failures = (this.failed.get(name)?.failures ?? 0) + 1;
    const { firstMs, longestMs } = this.pauses;
    const pauseMs = Math.min(firstMs * 2 ** (failures - 1), longestMs);
    this.failed.set(name, { failures, notBefore: this.clock() + pauseMs });
    return pauseMs;
  }

  succeed(name: string): void {
    this.failed.delete(name);
  }
}
