import { type Provider, PROVIDERS } from '#libs/telephony';
import type { Connection } from '#libs/webhook';
import { failed, succeeded, type CommandContext, type Outcome } from '../context.js';
import { findInstallation, type Installation } from '../installation/find-installation.js';

/** What the command line says of the connection. */
export interface ConnectionWishes {
  readonly provider: string;
  readonly key?: string;
  readonly url?: string;
  readonly publicUrl?: string;
  readonly secret?: string;
}

/** A connection, the provider that is played, and the server that it is played to. */
export interface Stage {
  readonly provider: Provider;
  readonly connection: Connection;
  /** Scheme, host and port. */
  readonly server: string;
}

/**
 * The connection as the configuration file has it; as the options say, where they say something. The address that signatures
 * are computed over is `publicUrl`, whichever server is called.
 */
export async function connectionToPlay(context: CommandContext, wishes: ConnectionWishes): Promise<Outcome<Stage>> {
  const provider = PROVIDERS.find(({ name }) => name === wishes.provider);
  if (provider === undefined) {
    return failed(
      `No provider is called "${wishes.provider}"; there are ${PROVIDERS.map(({ name }) => name).join(', ')}.`,
    );
  }
  if (wishes.url !== undefined && !/^https?:\/\/\S+$/.test(wishes.url)) {
    return failed(`"${wishes.url}" is no address: write it as http://127.0.0.1:3000.`);
  }
  const installation = await findInstallation(context.environment);
  if (!installation.ok) {
    return installation;
  }
  const called = calledAt(installation.value, wishes);
  if (called === null) {
    return failed('No standalone runs here: start it with "npm start", or name a server with --url.');
  }
  const secret = wishes.secret ?? context.environment['CASEWRIGHT_WEBHOOK_SECRET'];
  const connection = connectionOf(provider, installation.value, { ...wishes, key: called.key, secret });
  return connection.ok
    ? succeeded({ provider, server: called.server, connection: withAddress(connection.value, called.server, wishes) })
    : connection;
}

/** `--url` is a server, or the whole address of a connection: then the key is in it. */
function calledAt(
  { connection }: Installation,
  { provider, url = connection?.httpUrl, key }: ConnectionWishes,
): { readonly server: string; readonly key: string | undefined } | null {
  if (url === undefined) {
    return null;
  }
  const [server = '', path = ''] = url.split('/webhooks/', 2);
  const inAddress = path.startsWith(`${provider}/`) ? path.split('/')[1] : undefined;
  return { server: server.replace(/\/+$/, ''), key: key ?? inAddress };
}

function connectionOf(
  provider: Provider,
  { configuration }: Installation,
  { key, secret }: { readonly key: string | undefined; readonly secret: string | undefined },
): Outcome<Connection> {
  const entries = configuration.telephony.filter((entry) => entry.provider === provider.name);
  const entry = key === undefined ? entries[0] : entries.find((one) => one.key === key);
  if (secret !== undefined) {
    const settings = provider.vendor.settingsWith(secret);
    return succeeded({
      provider: provider.name,
      key: key ?? entry?.key ?? 'main',
      publicUrl: publicUrlOf(entry),
      settings,
    });
  }
  if (entry === undefined) {
    const name = `${provider.name}${key === undefined ? '' : `/${key}`}`;
    return failed(
      `The configuration has no connection ${name}: add one below "telephony", or give its --key and --secret ` +
        '(better in CASEWRIGHT_WEBHOOK_SECRET, where other users cannot see it).',
    );
  }
  const settings: object = Object.assign(new provider.settings(), entry);
  return succeeded({ provider: provider.name, key: entry.key, publicUrl: publicUrlOf(entry), settings });
}

function publicUrlOf(entry: Readonly<Record<string, unknown>> | undefined): string | null {
  const publicUrl = entry?.['publicUrl'];
  return typeof publicUrl === 'string' ? publicUrl : null;
}

function withAddress(connection: Connection, server: string, { publicUrl }: ConnectionWishes): Connection {
  return { ...connection, publicUrl: publicUrl ?? connection.publicUrl ?? server };
}
