import { interactionRecord, type Interaction } from '#libs/interaction';
import type { EventLog, OutgoingRecord } from '#libs/messaging';

/**
 * `published`: durable in the log, the source may be acknowledged. `unavailable`: it may or may not be there; the source
 * must keep it and try again (HTTP 503, SMTP 451, the cursor stays). A repetition does no harm: the id is the same.
 */
export type PublishResult =
  { readonly outcome: 'published' } | { readonly outcome: 'unavailable'; readonly reason: string };

export interface PublishLimits {
  /** Milliseconds until the source is told to come back. */
  readonly timeoutMs: number;
}

/** Sources wait a few minutes for an answer (SMTP: 10 after the data); telephony hooks only seconds. */
export const DEFAULT_PUBLISH_LIMITS: PublishLimits = { timeoutMs: 20_000 };

/** Publishes one interaction to the topic of its channel. Never rejects: whatever goes wrong is `unavailable`. */
export function publishInteraction(
  log: Pick<EventLog, 'publish'>,
  interaction: Interaction,
  limits: PublishLimits = DEFAULT_PUBLISH_LIMITS,
): Promise<PublishResult> {
  return publishInteractions(log, [interaction], limits);
}

/** Publishes several at once; `published` means that all of them are durable. */
export async function publishInteractions(
  log: Pick<EventLog, 'publish'>,
  interactions: readonly Interaction[],
  limits: PublishLimits = DEFAULT_PUBLISH_LIMITS,
): Promise<PublishResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<PublishResult>((resolve) => {
    const reason = `the log did not answer within ${limits.timeoutMs} ms`;
    timer = setTimeout(() => resolve({ outcome: 'unavailable', reason }), limits.timeoutMs);
  });
  try {
    return await Promise.race([publishAll(log, interactions), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

async function publishAll(
  log: Pick<EventLog, 'publish'>,
  interactions: readonly Interaction[],
): Promise<PublishResult> {
  try {
    await log.publish(interactions.map(encoded));
    return { outcome: 'published' };
  } catch (error) {
    return { outcome: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** As bytes at once: hundreds of texts that wait for the log would be copied by every collection of young objects. */
function encoded(interaction: Interaction): OutgoingRecord {
  const { value, ...record } = interactionRecord(interaction);
  return { ...record, value: Buffer.from(value) };
}
