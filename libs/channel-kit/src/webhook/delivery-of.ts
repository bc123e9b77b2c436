import type { FastifyRequest } from 'fastify';
import type { Delivery } from '../deliveries/delivery.js';
import type { WebhookConnection } from './webhook-connection.js';
import { redactedBody, withoutQueries } from './connection/redact.js';
import type { Outcome } from './take-request.js';

/** A request as it came. */
export interface Arrived {
  /** Of the delivery. */
  readonly id: string;
  readonly request: FastifyRequest;
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** What the log of deliveries is told of a request and what became of it. Of a sound no byte is. */
export function deliveryOf(
  { name, provider }: WebhookConnection,
  { kind }: { readonly kind: 'calls' | 'voicemails' | 'recordings' | null },
  { id, request, body, receivedAt }: Arrived,
  { verdict, reason, address, events, plain, answer }: Outcome,
  milliseconds: number,
): Delivery {
  const bytes = (): ReturnType<typeof withoutQueries> | null =>
    kind === 'recordings' ? null : withoutQueries(body, provider);
  return {
    id,
    receivedAt,
    connection: name,
    path: `/webhooks/${name}${kind === null ? '' : `/${kind}`}`,
    contentType: request.headers['content-type'] ?? null,
    bytes: body.length,
    verdict,
    reason,
    signedAddress: address,
    eventIds: events.map((event) => event.id),
    // Without its record, which nobody needs any more, while the row waits.
    facts: events.flatMap(({ told }) => told.map(({ interactionId, json }) => ({ interactionId, json }))),
    milliseconds,
    answer: answer.status,
    body: plain === null ? bytes() : redactedBody(plain, provider),
  };
}
