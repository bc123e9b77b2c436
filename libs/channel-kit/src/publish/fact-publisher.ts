import { factRecord, type CallFact, type VoicemailFact } from '#libs/interaction';
import type { EventLog } from '#libs/messaging';
import { publishInTime, type PublishResult } from './publish-in-time.js';

/** The way of facts about calls and voicemails into the log; each goes to the topic of its kind. */
export interface FactPublisher {
  /** Publishes all or says that they must come again; never rejects. A repetition does no harm: the ids are the same. */
  publish(facts: readonly (CallFact | VoicemailFact)[]): Promise<PublishResult>;
}

/** `timeoutMs`: until whoever waits is told to come back. */
export function createFactPublisher(
  log: Pick<EventLog, 'publish'>,
  limits: { readonly timeoutMs: number } = { timeoutMs: 20_000 },
): FactPublisher {
  return {
    publish: (facts) =>
      publishInTime(
        log,
        facts.map((fact) => factRecord(fact)),
        limits,
      ),
  };
}
