import { readBodyAs, type BodyRead, type WebhookRequest } from '#libs/webhook';

/** A list at the top is read as `{ items: [ … ] }`; what is neither list nor object tells nothing. */
export function readAnyJson(request: Pick<WebhookRequest, 'body' | 'rawHeaders'>): BodyRead {
  return readBodyAs(request, (json) => {
    if (Array.isArray(json)) {
      return { items: json };
    }
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : null;
  });
}
