import 'reflect-metadata';

export { compiledFile } from './compiled-file.js';
export { defaultAccountId, occasions, type AccountConfiguration } from './configuration/account-configuration.js';
export type {
  MailboxConfiguration,
  SharedSecretConfiguration,
  TelephonyConfiguration,
} from './configuration/channel-configuration.js';
export type { Configuration } from './configuration/configuration.js';
export { ConfigurationError, type ConfigurationProblem } from './configuration/configuration-error.js';
export type { LogLevel } from './configuration/environment-configuration.js';
export type {
  AfterImportConfiguration,
  ImapConfiguration,
  ImapTls,
  OAuth2Configuration,
} from './configuration/imap-configuration.js';
export { loadConfiguration } from './configuration/load-configuration.js';
export type {
  AgentConfiguration,
  ApiKeyConfiguration,
  GroupConfiguration,
} from './configuration/people-configuration.js';
export type {
  CaseTokenConfiguration,
  KafkaConfiguration,
  KafkaSaslConfiguration,
  KafkaTlsConfiguration,
  SmtpConfiguration,
} from './configuration/service-configuration.js';
export { secretExpiry, type SecretExpiry } from './configuration/secret-expiry.js';
export type { Environment } from './configuration/substitute-environment.js';
export { BootError, bootApplication, type BootOptions, type RunningApplication } from './boot-application.js';
export { readConnectionFile, removeConnectionFile, writeConnectionFile, type Connection } from './connection-file.js';
export { endProcessOnDefect } from './end-process-on-defect.js';
export { HealthRegistry, type HealthCheck, type HealthFailure, type HealthFinding } from './health/health-registry.js';
export { createHttpAdapter } from './http/http-adapter.js';
export {
  FRAMEWORK_PROBLEM_CODES,
  frameworkProblem,
  problemOfError,
  type FrameworkProblemCode,
} from './http/framework-problem.js';
export { problemDocument, type Problem, type ProblemCause, type ProblemPart } from './http/problem.js';
export { answerFailure } from './http/problem.filter.js';
export { createLogger, type Logger, type LoggerOptions } from './log/create-logger.js';
export { nestLogger } from './log/nest-logger.js';
export { Metrics, type MetricOptions } from './metrics/metrics.js';
export { RuntimeModule } from './runtime.module.js';
export { pause } from './pause.js';
export { runMain } from './run-main.js';
export { WorkerThread, type ThreadAnswer, type ThreadSettings } from './thread/worker-thread.js';
export { CONFIGURATION, HEALTH, LOGGER, METRICS } from './tokens.js';
export { errorCode, errorMessage } from './errors.js';
