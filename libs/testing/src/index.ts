export * from './builders/index.js';
export { testEnvironment } from './environment.js';
export { findMigrationSets } from './migration-sets.js';
export { testDatabase, type TestDatabase, type TestDatabaseOptions } from './test-database.js';
