/** How much a client may ask in a time. */
export interface Quota {
  /** Requests; 0 is without limit. */
  readonly quota: number;
  /** Seconds. */
  readonly window: number;
}

/** Where a client stands after a request. */
export interface Standing {
  readonly isWithin: boolean;
  /** Requests left until the window is over. */
  readonly remaining: number;
  /** Whole seconds until then, at least 1. */
  readonly resetsIn: number;
}

/** Counts the requests of each client in windows that begin with its first one. Counted by each process for itself. */
export class RateLimits {
  private readonly windows = new Map<string, { endsAt: number; used: number }>();

  constructor(readonly quota: Quota) {}

  /** Counts a request; null without a limit. `now` is in milliseconds and never goes back. */
  take(client: string, now = performance.now()): Standing | null {
    const { quota, window } = this.quota;
    if (quota === 0) {
      return null;
    }
    // Whole milliseconds, because sums of fractions are a little more than they should be.
    const at = Math.floor(now);
    const known = this.windows.get(client);
    const current = known !== undefined && known.endsAt > at ? known : { endsAt: at + window * 1000, used: 0 };
    current.used += 1;
    this.windows.set(client, current);
    return {
      isWithin: current.used <= quota,
      remaining: Math.max(quota - current.used, 0),
      resetsIn: Math.max(Math.ceil((current.endsAt - at) / 1000), 1),
    };
  }
}
