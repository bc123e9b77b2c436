import kafkajs, { type LogEntry, type logCreator } from 'kafkajs';

import type { LogLogger } from '../../log-logger.js';

/**
 * Lines that kafkajs writes at ERROR or WARN while everything is as it should be: a coordinator that is still loading
 * (every first join on a fresh broker), a group that is shared anew, a request that is about to be sent again.
 */
const harmless = [
  /coordinator is loading/i,
  /coordinator is not available/i,
  /not the correct coordinator/i,
  /rebalanc/i,
  /the coordinator is not aware of this member/i,
  /restarting the consumer in/i,
  /there is no leader for this topic-partition/i,
];
/** The only fields that are passed on: the others may be large or hold what a log must not. */
const fields = ['broker', 'groupId', 'topic', 'partition', 'retryCount', 'error'];

/** Writes what kafkajs says to `logger`, one level lower than it thinks. */
export function kafkaLogger(logger: LogLogger): logCreator {
  return () => (entry) => {
    const text = `${entry.log.message} ${typeof entry.log.error === 'string' ? entry.log.error : ''}`;
    const known = fields.filter((name) => ['string', 'number'].includes(typeof entry.log[name]));
    const details = Object.fromEntries(known.map((name) => [name, entry.log[name] as unknown]));
    logger[levelOf(entry, text)]({ client: entry.namespace, ...details }, entry.log.message);
  };
}

function levelOf({ level }: LogEntry, text: string): 'debug' | 'warn' | 'error' {
  if (level >= kafkajs.logLevel.INFO || harmless.some((pattern) => pattern.test(text))) {
    return 'debug';
  }
  // Nearly all of these are tried again by the client or by us; what ends the consumer is reported by us at ERROR.
  // This one means that records may have been skipped or will come again, and nobody else says so.
  return /offset out of range/i.test(text) ? 'error' : 'warn';
}
