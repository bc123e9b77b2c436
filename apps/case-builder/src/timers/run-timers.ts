import { pause } from '#libs/runtime';

/** Work that is due again and again. Running it twice must do no more than running it once. */
export interface Timer {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * Runs each timer at once and then at its interval, one after another, until the signal aborts. Only the leader runs
 * this. A throw ends it; the next leader starts with every timer due, so that what was missed is caught up.
 */
export async function runTimers(timers: readonly Timer[], signal: AbortSignal): Promise<void> {
  const dueAt = new Map<Timer, number>(timers.map((timer) => [timer, 0]));
  while (!signal.aborted && timers.length > 0) {
    for (const timer of timers) {
      if ((dueAt.get(timer) ?? 0) <= performance.now() && !signal.aborted) {
        await timer.run(signal);
        dueAt.set(timer, performance.now() + timer.everyMs);
      }
    }
    await pause(Math.max(Math.min(...dueAt.values()) - performance.now(), 1), signal);
  }
}
