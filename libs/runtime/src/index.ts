import 'reflect-metadata';

// The start and the end of a program.
export { BootError, bootApplication, type RunningApplication } from './boot/boot-application.js';
export { runMain } from './boot/run-main.js';
export { CONFIGURATION, HEALTH, LOGGER, METRICS } from './tokens.js';

// Configuration.
export { loadConfiguration } from './configuration/load-configuration.js';
export { ConfigurationError, type ConfigurationProblem } from './configuration/configuration-error.js';
export { settingNames, validateAs } from './configuration/validate.js';
export { nearestName } from './configuration/checks/nearest-name.js';
export type { Configuration, ConfigurationCheck } from './configuration/configuration.js';
export type { LogLevel } from './configuration/environment-configuration.js';
export { defaultAccountId } from './configuration/file/account-configuration.js';
export { CallBarConfiguration } from './configuration/file/call-bar-configuration.js';
export type { MailboxConfiguration } from './configuration/file/channel-configuration.js';
export { ContactsConfiguration, FormConfiguration } from './configuration/file/contacts-configuration.js';
export { TelephonyConfiguration, type LineConfiguration } from './configuration/file/telephony-configuration.js';
export type { ImapConfiguration, OAuth2Configuration } from './configuration/file/imap-configuration.js';
export type { KafkaConfiguration, TranscriptionConfiguration } from './configuration/file/service-configuration.js';
export { secretExpiry, type SecretExpiry } from './configuration/checks/secret-expiry.js';
export { readConnectionFile, removeConnectionFile, writeConnectionFile, type Connection } from './connection-file.js';

// HTTP.
export { httpAddress, reachableHost } from './http/listening-address.js';
export { createHttpAdapter } from './http/http-adapter.js';
export {
  FRAMEWORK_PROBLEM_CODES,
  frameworkProblem,
  problemOfError,
  type FrameworkProblemCode,
} from './http/framework-problem.js';
export { readJsonBody, type JsonBody } from './http/json-body.js';
export { paceBody } from './http/paced-body.js';
export { answerAtOnce, type ShortAnswer } from './http/answer-at-once.js';
export { isPlainCoding, isUnread, readRawBody } from './http/raw-body.js';
export { answerWithProblem } from './http/answer-with-problem.js';
export { problemDocument, ProblemError, type Problem, type ProblemCause, type ProblemPart } from './http/problem.js';
export { answerFailure } from './http/problem.filter.js';
export { requestIdentity } from './http/response-headers.js';

// What an operator sees.
export { HealthRegistry, type HealthCheck, type HealthFinding } from './health/health-registry.js';
export { createLogger, type Logger } from './log/create-logger.js';
export { Metrics } from './metrics/metrics.js';

// Threads of our own.
export { compiledFile } from './compiled-file.js';
export { WorkerPool, type PoolSettings } from './thread/worker-pool.js';
export { WorkerThread, type ThreadAnswer, type ThreadSettings } from './thread/worker-thread.js';

// Small things, once each.
export { errorCode, errorMessage } from './errors.js';
export { pause } from './pause.js';
