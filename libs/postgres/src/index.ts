export { classifyPostgresError, type PostgresErrorClass } from './classify-postgres-error.js';
export { createPool, type PoolOptions } from './create-pool.js';
export { EmbeddedPostgresError } from './embedded/embedded-postgres-error.js';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded/start-embedded-postgres.js';
export { migrate, type MigrationSet } from './migrate.js';
export { MigrationError } from './migration-files.js';
export { transaction } from './transaction.js';
export { POOL, PostgresModule } from './postgres.module.js';
