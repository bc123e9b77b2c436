import type { Channel } from '../interaction/interaction.js';

const DAY = 24 * 60 * 60 * 1000;

/** Topic that an interaction of the channel is published to. */
export function interactionTopic(channel: Channel): string {
  return `interactions.${channel}.v1`;
}

export const INTERACTION_TOPICS = [
  'interactions.email.v1',
  'interactions.call.v1',
  'interactions.voicemail.v1',
  'interactions.callbar.v1',
  'interactions.contact.v1',
] as const;
export const DECIDED_TOPIC = 'interactions.decided.v1';
export const CASE_EVENTS_TOPIC = 'case.events.v1';
export const CASE_STATE_TOPIC = 'case.state.v1';
export const CONTACT_STATE_TOPIC = 'contact.state.v1';
export const DEAD_LETTER_TOPIC = 'dead-letters.case-builder.v1';
/** Consumer group of the case-builder. */
export const CASE_BUILDER_GROUP = 'case-builder';

/** A topic with the settings of events.md §2. */
export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly cleanup: 'delete' | 'compact';
  /** Milliseconds; null keeps for ever. */
  readonly retentionMs: number | null;
  readonly maxMessageBytes: number;
}

const topic = (name: string, days: number | null): Topic => ({
  name,
  partitions: 6,
  cleanup: days === null ? 'compact' : 'delete',
  retentionMs: days === null ? null : days * DAY,
  maxMessageBytes: 1_048_576,
});

/** Every topic that Casewright reads or writes. */
export const TOPICS: readonly Topic[] = [
  ...INTERACTION_TOPICS.map((name) => topic(name, 14)),
  topic(DECIDED_TOPIC, 30),
  topic(CASE_EVENTS_TOPIC, 30),
  topic(CASE_STATE_TOPIC, null),
  topic(CONTACT_STATE_TOPIC, null),
  topic(DEAD_LETTER_TOPIC, 90),
];
