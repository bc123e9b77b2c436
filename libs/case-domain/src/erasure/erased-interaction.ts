import type { Interaction, Party } from '#libs/interaction';
import { redactedInteraction, REDACTED_TEXT } from '../command/interaction/redacted-interaction.js';
import type { Traces } from '../decision/moved-words.js';
import { withoutTraces } from './traces.js';

/**
 * What is left of an interaction whose customer is erased: that it was, when, through what, and what came of it. What a
 * redaction leaves beyond that are the persons and the names of its thread: those of them that are hers go too.
 */
export function erasedInteraction(interaction: Interaction, { own: all }: Traces): Interaction {
  const { id, sender, recipients } = interaction;
  const nobody: Party = { kind: 'anonymous', value: id };
  const isOurs = interaction.direction === 'outbound' || interaction.direction === 'internal';
  const persons = {
    sender: isOurs && !isTraced(sender, all) ? sender : nobody,
    recipients: recipients.filter((one) => !isOurs && !isTraced(one, all)),
  };
  const gone = { conversationKey: id, references: [], threadKeys: [], forwarded: null, contact: null, tags: null };
  return { ...scrubbed({ ...redactedInteraction(interaction), ...gone }, all), ...persons };
}

/** A value of JSON without what is looked for, in whatever depth. */
export function scrubbed<Value>(value: Value, pattern: string | null): Value {
  return pattern === null ? value : (walk(value, pattern) as Value);
}

function walk(value: unknown, pattern: string): unknown {
  if (typeof value === 'string') {
    return withoutTraces(value, pattern, REDACTED_TEXT);
  }
  if (Array.isArray(value)) {
    return value.map((one) => walk(one, pattern));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, pattern)]))
    : value;
}

function isTraced(party: Party, pattern: string | null): boolean {
  return scrubbed(party.value, pattern) !== party.value;
}
