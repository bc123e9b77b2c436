import { pause } from '#libs/runtime';

/** Looks every `everyMs` until the condition holds; throws with the sentence when time is up. */
export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
  sentence: () => string,
  everyMs = 50,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) {
      throw new Error(sentence());
    }
    await pause(everyMs);
  }
}
