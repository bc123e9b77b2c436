import { readBodyAs, type BodyRead, type WebhookRequest } from '#libs/webhook';

/** HubSpot sends a list of events: read as `{ events: [ … ] }`. */
export function readHubSpotBody(request: Pick<WebhookRequest, 'body' | 'rawHeaders'>): BodyRead {
  return readBodyAs(request, (list) => (Array.isArray(list) ? { events: list } : null));
}
