import type { Connection } from '#libs/webhook';

/** What a directory tells in one request, before it is signed. */
export interface ToldByDirectory {
  readonly contentType: 'application/json' | 'text/xml';
  readonly body: string;
  /** The sender's name of the request, equal on every repetition, where it has one of its own. */
  readonly id: string;
}

/** A request as it leaves the directory. */
export interface SignedByDirectory {
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How the other side behaves: how it proves who it is. Needed to try a connection without it. */
export interface DirectoryVendor<Settings extends object = object> {
  /** Settings of a connection of which nothing but the secret is known. */
  settingsWith(secret: string): Settings;
  /** Signs as the directory does, with the secret of the connection. `at`: milliseconds since 1970. */
  sign(request: ToldByDirectory, connection: Connection<Settings>, at: number): SignedByDirectory;
}

/** Path of a connection's address. */
export function contactsPath({ key }: Pick<Connection, 'key'>, secret: string | null = null): string {
  return `/webhooks/contacts/${key}${secret === null ? '' : `/${encodeURIComponent(secret)}`}`;
}

/** The request of a directory that signs nothing: its secret is the last segment of the address. */
export function sentWithSecret(
  { contentType, body }: ToldByDirectory,
  connection: Pick<Connection, 'key'>,
  secret: string,
): SignedByDirectory {
  return { target: contactsPath(connection, secret), headers: { 'content-type': contentType }, body };
}

/** The request of a directory that proves itself by user and password (RFC 7617). */
export function sentWithPassword(
  { contentType, body }: ToldByDirectory,
  connection: Pick<Connection, 'key'>,
  { user, password }: { readonly user: string; readonly password: string },
): SignedByDirectory {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  return { target: contactsPath(connection), headers: { 'content-type': contentType, authorization }, body };
}
