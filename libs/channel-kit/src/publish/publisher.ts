import { interactionRecord, type Interaction } from '#libs/interaction';
import type { EventLog, OutgoingRecord } from '#libs/messaging';
import { errorMessage } from '#libs/runtime';
import { ConversationMemory } from './conversation-memory.js';

/**
 * `published`: durable in the log, the source may be acknowledged. `unavailable`: it may or may not be there; the source
 * must keep it and try again (HTTP 503, SMTP 451, the cursor stays). A repetition does no harm: the id is the same.
 */
export type PublishResult =
  { readonly outcome: 'published' } | { readonly outcome: 'unavailable'; readonly reason: string };

/** The only way from an adapter into the log: it takes interactions and nothing else. */
export interface InteractionPublisher {
  /** Publishes all or says that the source must try again; never rejects. */
  publish(interactions: readonly Interaction[]): Promise<PublishResult>;
  /** Whether the log takes records now; the reason when it does not. */
  check(): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;
}

interface PublisherLimits {
  /** Milliseconds until the source is told to come back. */
  readonly timeoutMs: number;
  /** Interactions that may wait for the log at once; more are answered with `unavailable` at once. */
  readonly mostWaiting: number;
}

/** Sources wait a few minutes for an answer (SMTP: 10 after the data); telephony hooks only seconds. */
const DEFAULT_LIMITS: PublisherLimits = { timeoutMs: 20_000, mostWaiting: 5_000 };

/** A publisher over a log, with a bound on what waits in memory. */
export function createPublisher(
  log: Pick<EventLog, 'publish' | 'check'>,
  limits: PublisherLimits = DEFAULT_LIMITS,
): InteractionPublisher {
  let waiting = 0;
  const conversations = new ConversationMemory();
  return {
    async publish(interactions) {
      if (waiting + interactions.length > limits.mostWaiting) {
        return { outcome: 'unavailable', reason: 'too many interactions wait for the log' };
      }
      waiting += interactions.length;
      const placed = interactions.map((interaction) => conversations.place(interaction));
      try {
        return await publishInteractions(log, placed, limits);
      } finally {
        waiting -= interactions.length;
      }
    },
    check: () => log.check(),
  };
}

/** Publishes to the topics of their channels. Never rejects: whatever goes wrong is `unavailable`. */
async function publishInteractions(
  log: Pick<EventLog, 'publish'>,
  interactions: readonly Interaction[],
  { timeoutMs }: PublisherLimits,
): Promise<PublishResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<PublishResult>((resolve) => {
    const reason = `the log did not answer within ${timeoutMs} ms`;
    timer = setTimeout(() => resolve({ outcome: 'unavailable', reason }), timeoutMs);
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
    return { outcome: 'unavailable', reason: errorMessage(error) };
  }
}

/** As bytes at once: hundreds of texts that wait for the log would be copied by every collection of young objects. */
function encoded(interaction: Interaction): OutgoingRecord {
  const { value, ...record } = interactionRecord(interaction);
  return { ...record, value: Buffer.from(value) };
}
