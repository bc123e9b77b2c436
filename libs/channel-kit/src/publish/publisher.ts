import { interactionRecord, type Interaction } from '#libs/interaction';
import type { EventLog, OutgoingRecord } from '#libs/messaging';
import { ConversationMemory } from './conversation-memory.js';
import { publishInTime, type PublishResult } from './publish-in-time.js';

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
        return await publishInTime(log, placed.map(encoded), limits);
      } finally {
        waiting -= interactions.length;
      }
    },
    check: () => log.check(),
  };
}

/** As bytes at once: hundreds of texts that wait for the log would be copied by every collection of young objects. */
function encoded(interaction: Interaction): OutgoingRecord {
  const { value, ...record } = interactionRecord(interaction);
  return { ...record, value: Buffer.from(value) };
}
