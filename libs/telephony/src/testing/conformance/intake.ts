import type { CallFact, VoicemailFact } from '#libs/interaction';
import { readBody } from '../../facts/webhook-body.js';
import { statusOfRefusal } from '../../request/verification.js';
import type { WebhookRequest } from '../../request/webhook-request.js';
import type { Subject } from './subject.js';

/**
 * The way of a request as a web server has it, without one: what a provider does at each of its places shows.
 *
 * 1. verify 2. read 3. publish, and wait until that is durable 4. answer
 */
export async function takeIn(
  { provider, connection }: Subject,
  request: WebhookRequest,
  publish: (facts: readonly (CallFact | VoicemailFact)[]) => Promise<void>,
): Promise<{ readonly status: number }> {
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
    return { status: 200 };
  } catch {
    return { status: 503 };
  }
}
