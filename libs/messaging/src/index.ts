export * from './event-log.js';
export { BreakerOpen, createBreaker, type Breaker, type BreakerOptions } from './breaker.js';
export { deadLetterHeaders, deadLetterRecord, replayCount, replayRecord, type DeadLetterCause } from './dead-letter.js';
export {
  GroupIsActive,
  LogClosed,
  PublishQueueFull,
  PublishTimedOut,
  RecordTooLarge,
  RecordWithoutKey,
  UnknownTopic,
} from './errors.js';
export { createEmbeddedLog, EMBEDDED_LOG_MIGRATIONS, type EmbeddedLog } from './embedded/embedded-log.js';
export type { EmbeddedLogOptions, EmbeddedTimes } from './embedded/embedded-log-options.js';
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
export { kafkaOptionsFrom } from './kafka/kafka-options-from.js';
export { BatchHandler, type BatchSubscription } from './nest/batch-handler.js';
export { consumeLog } from './nest/consume-log.js';
export { LogContext } from './nest/log-context.js';
export { LogServer, type LogServerOptions } from './nest/log-server.js';
export { EVENT_LOG, MessagingModule } from './nest/messaging.module.js';
export { recordSize } from './record-size.js';
export { configuredEventLog, openEventLog, prepareTopics } from './open-event-log.js';
