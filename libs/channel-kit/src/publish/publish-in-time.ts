import type { EventLog, OutgoingRecord } from '#libs/messaging';
import { errorMessage } from '#libs/runtime';

/**
 * `published`: durable in the log, the source may be acknowledged. `unavailable`: it may or may not be there; the source
 * must keep it and try again (HTTP 503, SMTP 451, the cursor stays). A repetition does no harm: the id is the same.
 */
export type PublishResult =
  { readonly outcome: 'published' } | { readonly outcome: 'unavailable'; readonly reason: string };

/** Publishes all within the time. Never rejects: whatever goes wrong is `unavailable`. */
export async function publishInTime(
  log: Pick<EventLog, 'publish'>,
  records: readonly OutgoingRecord[],
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<PublishResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<PublishResult>((resolve) => {
    const reason = `the log did not answer within ${timeoutMs} ms`;
    timer = setTimeout(() => resolve({ outcome: 'unavailable', reason }), timeoutMs);
  });
  try {
    return await Promise.race([publishAll(log, records), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

async function publishAll(log: Pick<EventLog, 'publish'>, records: readonly OutgoingRecord[]): Promise<PublishResult> {
  try {
    await log.publish(records);
    return { outcome: 'published' };
  } catch (error) {
    return { outcome: 'unavailable', reason: errorMessage(error) };
  }
}
