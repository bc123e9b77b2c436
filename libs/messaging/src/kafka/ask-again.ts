import { pause } from '#libs/runtime';

const PATIENCE_MS = 30_000;
const RETRY_MS = 100;

/**
 * Asks until the answer comes, while the brokers call the refusal a passing one: they do not know a topic that was created a
 * moment ago, or have not chosen its leaders. kafkajs asks once. Throws the last refusal after 30 s.
 */
export async function askAgain<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if ((error as { retriable?: unknown }).retriable !== true || performance.now() > deadline) {
        throw error;
      }
      await pause(RETRY_MS);
    }
  }
}
