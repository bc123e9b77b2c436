export * from './builders/index.js';
export {
  dovecotProgram,
  hasTestDovecot,
  startTestDovecot,
  type TestDovecot,
  type TestDovecotOptions,
  type TokenClaims,
} from './dovecot/index.js';
export * from './command-outcomes.js';
export { createApiKey } from './create-api-key.js';
export * from './command-steps.js';
export * from './mails/index.js';
export { testEnvironment } from './environment.js';
export { findMigrationSets } from './postgres/migration-sets.js';
export { testDatabase, type TestDatabase, type TestDatabaseOptions } from './postgres/test-database.js';
export * from './outline.js';
export { SAID_LISTS } from './said-lists.js';
export {
  startOwnKafka,
  startTestKafka,
  testKafka,
  type OwnKafka,
  type OwnKafkaOptions,
  type SharedKafka,
  type TestKafka,
} from './kafka.js';
export { answersOf, dial, exchange, type RawAnswer } from './raw-http.js';
export { freePort } from './free-ports.js';
export { countProcessorTime, machineSlowdown } from './processor-time.js';
export { freeze } from './freeze.js';
export { PATIENCE_MS, waitUntil } from './wait-until.js';
export { startTcpProxy, type TcpFault, type TcpProxy } from './tcp-proxy.js';
export { readZip } from './read-zip.js';
