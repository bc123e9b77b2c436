import { pause } from '#libs/runtime';

/**
 * Milliseconds after which we believe that something will not happen any more. Much longer than it ever takes: on a busy machine everything
 * takes many times as long, and a test that waits in vain is red anyway.
 */
export const PATIENCE_MS = 60_000;

/**
 * Looks every `everyMs` until the condition holds; throws with the sentence when time is up. With `progress` the time begins anew whenever
 * that changes, so that a long work may take as long as it needs while it goes on.
 */
export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
  sentence: () => string,
  everyMs = 50,
  progress: () => unknown = () => null,
): Promise<void> {
  let seen = progress();
  let deadline = performance.now() + withinMs;
  while (!(await holds())) {
    const now = progress();
    if (now !== seen) {
      seen = now;
      deadline = performance.now() + withinMs;
    }
    if (performance.now() > deadline) {
      throw new Error(sentence());
    }
    await pause(everyMs);
  }
}
