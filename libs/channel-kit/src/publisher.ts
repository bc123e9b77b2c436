import type { Interaction } from '#libs/interaction';
import type { EventLog } from '#libs/messaging';
import { ConversationMemory } from './conversation-memory.js';
import {
  DEFAULT_PUBLISH_LIMITS,
  publishInteractions,
  type PublishLimits,
  type PublishResult,
} from './publish-interaction.js';

/** The only way from an adapter into the log: it takes interactions and nothing else. */
export interface InteractionPublisher {
  /** Publishes all or says that the source must try again; never rejects. */
  publish(interactions: readonly Interaction[]): Promise<PublishResult>;
  /** Whether the log takes records now; the reason when it does not. */
  check(): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;
}

export interface PublisherLimits extends PublishLimits {
  /** Interactions that may wait for the log at once; more are answered with `unavailable` at once. */
  readonly mostWaiting: number;
}

/** A publisher over a log, with a bound on what waits in memory. */
export function createPublisher(
  log: Pick<EventLog, 'publish' | 'check'>,
  limits: PublisherLimits = { ...DEFAULT_PUBLISH_LIMITS, mostWaiting: 5_000 },
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
