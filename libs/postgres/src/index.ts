// Connections.
export { createPool } from './create-pool.js';
export { POOL, PostgresModule } from './postgres.module.js';
export { transaction, transactionBegunBy } from './transaction.js';
export { classifyPostgresError, isPostgresDefect } from './classify-postgres-error.js';

// Tables.
export { migrate, migrateDatabase, type MigrationSet } from './migrate.js';

// A server of our own.
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/start-embedded-postgres.js';
