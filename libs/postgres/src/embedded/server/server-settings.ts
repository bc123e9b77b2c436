/** PostgreSQL settings by name. */
export type ServerSettings = Readonly<Record<string, string>>;

/**
 * Tuned for ingest on a small machine; durability stays at its defaults (fsync and synchronous_commit on).
 * Errors of statements are not written to the server's log: their text holds customers' data, and the caller has them.
 */
const ingestSettings: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
  // The binaries are built without lz4, and pglz costs more processor time than it saves writing.
  wal_compression: 'off',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

/** The server's command line; `overrides` win. */
export function settingArguments(port: number, overrides: ServerSettings): string[] {
  const settings = { ...ingestSettings, ...overrides };
  return ['-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
