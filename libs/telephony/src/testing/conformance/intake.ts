import type { CallFact, VoicemailFact } from '#libs/interaction';
import { PLAIN_ANSWER, readBody, statusOfRefusal, type WebhookRequest } from '#libs/webhook';
import type { Subject } from './subject.js';

/**
 * The way of a request as a web server has it, without one: what a provider does at each of its places shows.
 *
 * 1. handshake 2. verify 3. read 4. publish, and wait until that is durable 5. answer
 */
export async function takeIn(
  { provider, connection }: Subject,
  request: WebhookRequest,
  publish: (facts: readonly (CallFact | VoicemailFact)[]) => Promise<void>,
): Promise<{ readonly status: number }> {
  const greeting = provider.handshake?.(request) ?? null;
  if (greeting !== null) {
    return greeting;
  }
  const verification = provider.verify(request, connection);
  if (!verification.verified) {
    return { status: statusOfRefusal(verification.reason) };
  }
  const body = readBody(request);
  if (!body.ok) {
    return { status: body.status };
  }
  const read = provider.read(body.plain, {
    accountId: '5f0c8f6e-3c1e-5b7a-8f57-0d4a3a0b9f11',
    connection: `${connection.provider}/${connection.key}`,
    receivedAt: new Date(request.receivedAt).toISOString(),
    country: null,
    numberFormat: provider.numberFormat,
    path: null,
    requestId: null,
  });
  if (!read.ok) {
    return { status: 400 };
  }
  try {
    await publish(read.events.flatMap(({ calls, voicemails }) => [...calls, ...voicemails]));
    const events = read.events.map(({ eventId }) => ({ id: eventId, interactionId: null }));
    return provider.answer?.({ delivery: 'delivery', events }, connection) ?? PLAIN_ANSWER;
  } catch {
    return { status: 503 };
  }
}
