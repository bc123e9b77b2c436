import type { CallFact, VoicemailFact } from '#libs/interaction';
import { type Connection, readBody, type WebhookRequest } from '#libs/webhook';
import type { Arrival } from '../../facts/arrival.js';
import type { EventsRead } from '../../facts/event-read.js';
import { LIFECYCLES } from '../../lifecycle/lifecycles.js';
import { playedCall } from '../../lifecycle/played-call.js';
import type { Provider } from '../../provider.js';
import type { ToldRequest } from '../../vendor.js';
import { NOW } from '../signed-requests.js';

/** A provider, a connection to it, and calls as it tells them. */
export interface Subject {
  readonly provider: Provider;
  readonly connection: Connection;
  /** In order, each of a lifecycle that it has events for. */
  readonly calls: readonly (readonly ToldRequest[])[];
  /** Of the connection: they stand in no record. */
  readonly secrets: readonly string[];
}

/** Every lifecycle that the provider has events for, told to a connection with these secrets. */
export function subjectOf<Settings extends object>(
  provider: Provider<Settings>,
  connection: Connection<Settings>,
  secrets: readonly string[],
): Subject {
  const told = LIFECYCLES.map((lifecycle) =>
    provider.vendor.tell(playedCall(lifecycle, { seed: 'conformance', now: NOW }), connection),
  );
  return { provider, connection, calls: told.filter((one) => typeof one !== 'string'), secrets };
}

/** A request as the web server hands it over, signed with the secret of a connection. */
export function sentTo({ provider }: Subject, request: ToldRequest, connection: Connection): WebhookRequest {
  const { target, headers, body } = provider.vendor.sign(request, connection, NOW);
  return { target, body: Buffer.from(body, 'utf8'), rawHeaders: Object.entries(headers).flat(), receivedAt: NOW };
}

/** What is read of a request that comes so many seconds after a quarter past ten. */
export function readOf({ provider, connection }: Subject, request: ToldRequest, seconds = 0): EventsRead {
  const read = readBody({ body: Buffer.from(request.body), rawHeaders: ['content-type', request.contentType] });
  if (!read.ok) {
    return { ok: false, problems: read.problems };
  }
  const arrival: Arrival = {
    accountId: '5f0c8f6e-3c1e-5b7a-8f57-0d4a3a0b9f11',
    connection: `${connection.provider}/${connection.key}`,
    receivedAt: new Date(NOW + seconds * 1000).toISOString(),
    country: 'PT',
    numberFormat: provider.numberFormat,
    path: request.path === '' ? null : request.path,
    requestId: request.id,
  };
  return provider.read(read.plain, arrival);
}

/** The facts of what was read; none where it could not be. */
export function factsIn(read: EventsRead): readonly (CallFact | VoicemailFact)[] {
  return read.ok ? read.events.flatMap(({ calls, voicemails }) => [...calls, ...voicemails]) : [];
}
