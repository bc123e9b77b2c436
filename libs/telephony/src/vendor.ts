import type { Connection } from '#libs/webhook';
import type { PlayedCall } from './lifecycle/played-call.js';

/** What a telephone system tells in one request, before it is signed. */
export interface ToldRequest {
  /** Below the connection's own address; empty for that itself. */
  readonly path: '' | 'calls' | 'voicemails';
  readonly contentType: 'application/json' | 'application/x-www-form-urlencoded';
  readonly body: string;
  /** The sender's name of the event, equal on every repetition, where it has one of its own. */
  readonly id: string;
}

/** A request as it leaves the vendor. */
export interface SignedRequest {
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How the other side behaves: what it tells of a call, and how it proves who it is. Needed to try a connection without it. */
export interface Vendor<Settings extends object = object> {
  /** The requests by which it tells a call, in order; or, as text, what it has no event for. */
  tell(call: PlayedCall, connection: Connection<Settings>): readonly ToldRequest[] | string;
  /** Settings of a connection of which nothing but the secret is known. */
  settingsWith(secret: string): Settings;
  /** Signs as the vendor does, with the secret of the connection. `at`: milliseconds since 1970. */
  sign(request: ToldRequest, connection: Connection<Settings>, at: number): SignedRequest;
}

/** Path of a connection's address. */
export function connectionPath({ provider, key }: Pick<Connection, 'provider' | 'key'>, path: string): string {
  return `/webhooks/${provider}/${key}${path === '' ? '' : `/${path}`}`;
}

/** A form as browsers and telephone systems write it; what is null is left out. */
export function formBody(fields: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== null);
  return new URLSearchParams(given).toString();
}
