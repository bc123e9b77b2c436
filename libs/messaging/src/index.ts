// The log, whichever it is.
export type {
  BatchContext,
  Consumption,
  EventLog,
  LogRecord,
  OutgoingRecord,
  PartitionLag,
  RecordBatch,
  RecordRemoval,
  TopicSpecification,
} from './event-log.js';
export { configuredEventLog, openEventLog, prepareTopics } from './open-event-log.js';
export { PublishTimedOut, RecordTooLarge } from './errors.js';
export { silentLogger } from './log-logger.js';
export { recordSize } from './publish/record-size.js';

// Each of the two.
export { createEmbeddedLog, EMBEDDED_LOG_MIGRATIONS, type EmbeddedLog } from './embedded/embedded-log.js';
export { createKafkaLog } from './kafka/kafka-log.js';
export type { KafkaLogOptions, KafkaSasl } from './kafka/kafka-log-options.js';

// Records that cannot be worked on.
export { BreakerOpen, createBreaker, type Breaker } from './consume/breaker.js';
export { createWitnesses, WholeBatchFailed, type Witnesses } from './consume/witnesses.js';
export { runIsolating, type PoisonRecord } from './consume/isolate.js';
export { cutDeadLetter, deadLetterHeaders, deadLetterRecord, replayRecord } from './dead-letter.js';

// Consuming with Nest.
export { BatchHandler } from './nest/batch-handler.js';
export { consumeLog } from './nest/consume-log.js';
export { LogContext } from './nest/log-context.js';
export { EVENT_LOG, MessagingModule } from './nest/messaging.module.js';
