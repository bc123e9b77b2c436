import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { type Connection, HmacSettings, mediaTypeOf, readBody, type WebhookRequest } from '#libs/webhook';
import type { Directory } from '../directory.js';
import { DIRECTORIES } from '../directories.js';
import type { DirectoryArrival } from '../facts/arrival.js';
import type { DirectoryEvents } from '../facts/event-read.js';

/** When the requests of tests come: 2 March 2026, 10:15 UTC. */
export const NOW = Date.UTC(2026, 2, 2, 10, 15);
const SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
/** Of the map of the specification. */
export const MAP = {
  items: '/data',
  id: '/eventId',
  type: '/event',
  types: { 'person.updated': 'contact.upserted' },
  external_id: '/person/id',
  name: ['/person/first', '/person/last'],
  emails: '/person/mails/*/address',
  phones: '/person/phones/*/number',
  occurred_at: '/at',
} as const;

/** Settings of a connection of each directory, by what they prove themselves with. */
const SETTINGS: Readonly<Record<string, readonly [directory: string, settings: object]>> = {
  generic: ['generic', { secret: SECRET }],
  hubspot: ['hubspot', { secret: 'the client secret of an app', ownSourceIds: ['userId:9'] }],
  pipedrive: ['pipedrive', { basic: { user: 'casewright', password: 'a password of sixteen' }, ownSourceIds: ['9'] }],
  salesforce: ['salesforce', { secret: 'a segment of the address', organizationId: '00D000000000001' }],
  talkdesk: ['talkdesk', { secret: 'a segment of the address', bodySecret: null }],
  json: ['json', { secret: 'a segment of the address', map: MAP }],
  'json with basic': ['json', { basic: { user: 'crm', password: 'a password of sixteen' }, map: MAP }],
  'json with hmac': [
    'json',
    {
      secret: 'a secret that signs',
      map: MAP,
      hmac: Object.assign(new HmacSettings(), { header: 'X-Sign', encoding: 'hex', timestampHeader: 'X-Time' }),
    },
  ],
};
export const WAYS = Object.keys(SETTINGS);

/** A directory and its connection, as one of `WAYS`. */
export function subjectOf(way: string): { readonly directory: Directory; readonly connection: Connection } {
  const [name, plain] = SETTINGS[way]!;
  const directory = DIRECTORIES.find((one) => one.name === name)!;
  const settings = Object.assign(new directory.settings(), plain);
  const publicUrl = 'https://hooks.acme.example';
  return { directory, connection: { provider: 'contacts', key: 'main', publicUrl, settings } };
}

export function example(directory: string, name: string): string {
  const file = `${name}.${directory === 'salesforce' ? 'xml' : 'json'}`;
  return readFileSync(new URL(`../../../../examples/contacts/${directory}/${file}`, import.meta.url), 'utf8');
}

/** A body as its directory sends it. */
export function sentBy(way: string, body = example(SETTINGS[way]![0], 'upsert'), at = NOW): WebhookRequest {
  const { directory, connection } = subjectOf(way);
  const contentType = directory.name === 'salesforce' ? 'text/xml' : 'application/json';
  const signed = directory.vendor.sign({ contentType, body, id: 'msg-1' }, connection, at);
  const rawHeaders = Object.entries(signed.headers).flat();
  return { body: Buffer.from(signed.body), rawHeaders, target: signed.target, receivedAt: NOW };
}

export function anArrival(directory: string, overrides: Partial<DirectoryArrival> = {}): DirectoryArrival {
  return {
    ...{ accountId: '5f0c8f6e-3c1e-5b7a-8f57-0d4a3a0b9f11', connection: 'contacts/main', directory },
    ...{ integration: 'crm', receivedAt: new Date(NOW).toISOString(), country: 'PT', requestId: 'msg-1' },
    ...{ trustsVerified: false, mayErase: true },
    ...overrides,
  };
}

/** What a request amounts to, on the way that the frame goes. */
export function readOf(
  way: string,
  request: Pick<WebhookRequest, 'body' | 'rawHeaders'>,
  overrides: Partial<DirectoryArrival> = {},
): DirectoryEvents {
  const { directory, connection } = subjectOf(way);
  const body = directory.readBody?.(request) ?? readBody(request);
  return body.ok
    ? directory.read(body.plain, anArrival(directory.name, overrides), connection.settings)
    : { ok: false, problems: body.problems };
}

/** The facts and interactions of an example, or of a body. @throws where it cannot be read. */
export function toldBy(way: string, body?: string, overrides: Partial<DirectoryArrival> = {}) {
  const request = sentBy(way, body);
  if (mediaTypeOf(request) === null) {
    throw new Error('the request says nothing of its type');
  }
  const read = readOf(way, request, overrides);
  if (!read.ok) {
    throw new Error(JSON.stringify(read.problems));
  }
  return read.events.flatMap(({ told }) => told);
}
