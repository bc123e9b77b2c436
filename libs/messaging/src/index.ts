export * from './event-log.js';
export { BreakerOpen, createBreaker, type Breaker, type BreakerOptions } from './breaker.js';
export { deadLetterHeaders, deadLetterRecord, replayCount, replayRecord, type DeadLetterCause } from './dead-letter.js';
export { GroupIsActive, LogClosed, PublishQueueFull, PublishTimedOut, RecordTooLarge, UnknownTopic } from './errors.js';
export {
  runIsolating,
  type ErrorClass,
  type IsolationOptions,
  type IsolationResult,
  type PoisonRecord,
} from './isolate.js';
export { silentLogger, type LogLogger } from './log-logger.js';
export { createKafkaLog } from './kafka/kafka-log.js';
export type { ClientCredentials, KafkaLogOptions, KafkaSasl, KafkaTimes, KafkaTls } from './kafka/kafka-log-options.js';
