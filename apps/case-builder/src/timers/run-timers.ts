import { errorMessage, pause } from '#libs/runtime';

/** Work that is due again and again. Running it twice must do no more than running it once. */
export interface Timer {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * Runs each timer at once and then at its interval, one after another, until the signal aborts. Only the leader runs
 * this. A throw ends it, and names the timer; the next leader starts with every timer due, so that what was missed is caught
 * up. So a round is progress only when all that was due went well: one timer that always fails is in the first round of each.
 */
export async function runTimers(timers: readonly Timer[], signal: AbortSignal, progress: () => void): Promise<void> {
  const dueAt = new Map<Timer, number>(timers.map((timer) => [timer, 0]));
  while (!signal.aborted && timers.length > 0) {
    for (const timer of timers) {
      if ((dueAt.get(timer) ?? 0) <= performance.now() && !signal.aborted) {
        await runNamed(timer, signal);
        dueAt.set(timer, performance.now() + timer.everyMs);
      }
    }
    progress();
    await pause(Math.max(Math.min(...dueAt.values()) - performance.now(), 1), signal);
  }
}

async function runNamed({ name, run }: Timer, signal: AbortSignal): Promise<void> {
  try {
    await run(signal);
  } catch (error) {
    throw new Error(`${name}: ${errorMessage(error)}`, { cause: error });
  }
}
