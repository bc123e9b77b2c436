import { problemsOfRouting } from '#libs/case-store';
import { checkConnections } from '#libs/channel-kit';
import {
  ConfigurationError,
  loadConfiguration,
  reachableHost,
  readConnectionFile,
  type Configuration,
  type Connection,
} from '#libs/runtime';
import { failed, messageOf, succeeded, type Outcome } from '../context.js';

/** Where Casewright's parts are, as far as configuration and a running standalone tell. */
export interface Installation {
  readonly configuration: Configuration;
  /** The running standalone; null when none uses the data directory. */
  readonly connection: Connection | null;
  readonly databaseUrl: string | null;
  readonly smtp: { readonly host: string; readonly port: number };
  readonly brokers: readonly string[];
}

/** Settings win over what a running standalone says. The reason of a failure lists every error by its path. */
export async function findInstallation(environment: NodeJS.ProcessEnv): Promise<Outcome<Installation>> {
  const configuration = configurationOf(environment);
  if (!configuration.ok) {
    return configuration;
  }
  const { value } = configuration;
  const connection = await readConnectionFile(value.dataDirectory);
  return connection.ok ? succeeded(installationOf(value, connection.value)) : connection;
}

function configurationOf(environment: NodeJS.ProcessEnv): Outcome<Configuration> {
  try {
    return succeeded(loadConfiguration(environment, checkConnections, problemsOfRouting));
  } catch (error) {
    if (error instanceof ConfigurationError) {
      const problems = error.problems.map(({ path, problem }) => `${path}: ${problem}`);
      return failed(`The configuration cannot be used: ${problems.join('; ')}.`);
    }
    return failed(`The configuration cannot be read: ${messageOf(error)}.`);
  }
}

function installationOf(configuration: Configuration, connection: Connection | null): Installation {
  const { brokers } = configuration.kafka;
  return {
    configuration,
    connection,
    databaseUrl: configuration.databaseUrl ?? connection?.databaseUrl ?? null,
    smtp: connection?.smtp ?? { host: reachableHost(configuration.smtp.host), port: configuration.smtp.port },
    brokers: brokers.length > 0 ? brokers : (connection?.log.brokers ?? []),
  };
}
