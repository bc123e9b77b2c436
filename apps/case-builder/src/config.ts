import { BootError, type Configuration } from '#libs/runtime';

/** Connections: each batch takes two for a moment, the relay and the timers one each. */
const CONNECTIONS = 12;

/** The database that the case-builder needs; `BootError` when none is configured. */
export function databaseOptions(configuration: Configuration): {
  readonly connectionString: string;
  readonly max: number;
  readonly applicationName: string;
} {
  if (configuration.databaseUrl === null) {
    throw new BootError(
      'The case-builder needs a database: set DATABASE_URL, or start the standalone with "npm start".',
    );
  }
  return { connectionString: configuration.databaseUrl, max: CONNECTIONS, applicationName: 'case-builder' };
}
