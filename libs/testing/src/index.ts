export * from './builders/index.js';
export { testEnvironment } from './environment.js';
export { findMigrationSets } from './migration-sets.js';
export { testDatabase, type TestDatabase, type TestDatabaseOptions } from './test-database.js';
export {
  startOwnKafka,
  startTestKafka,
  testKafka,
  type OwnKafka,
  type OwnKafkaOptions,
  type SharedKafka,
  type TestKafka,
} from './kafka.js';
export { startTcpProxy, type TcpFault, type TcpProxy } from './tcp-proxy.js';
