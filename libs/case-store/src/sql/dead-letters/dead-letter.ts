export const DEAD_LETTER_STATES = ['waiting', 'replayed', 'discarded'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

/** A record that could not be worked on, untouched, with the reason. */
export interface DeadLetter {
  readonly id: string;
  readonly consumerGroup: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly timestamp: Date;
  readonly reason: string;
  readonly stage: string;
  readonly errorClass: string;
  readonly message: string;
  readonly attempts: number;
  readonly replayCount: number;
  readonly state: DeadLetterState;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

/** `select … from dead_letter`; the condition is appended. */
export const SELECT_DEAD_LETTERS = `
  select
    id, consumer_group as "consumerGroup", topic, record_partition as partition, record_offset as "offset",
    record_key as key, record_value as value, record_headers as headers, record_timestamp as timestamp,
    reason, stage, error_class as "errorClass", message, attempts, replay_count as "replayCount", state,
    created_at as "createdAt", settled_at as "settledAt"
  from dead_letter`;
