import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DIRECTORIES } from '#libs/directories';
import { type Connection, readBody, type WebhookRequest } from '#libs/webhook';

const SECRETS: Readonly<Record<string, string>> = { generic: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3' };
const ordinary = 'a-secret-of-the-directory';
const SETTINGS: Readonly<Record<string, object>> = {
  pipedrive: { basic: { user: 'casewright', password: ordinary } },
  salesforce: { secret: ordinary, organizationId: '00D000000000001EAA' },
  json: { secret: ordinary, map: { items: '/data', external_id: '/person/id', id: '/eventId', occurred_at: '/at' } },
};
const FOLDER = 'examples/contacts';
const FILES = DIRECTORIES.flatMap(({ name }) => readdirSync(`${FOLDER}/${name}`).map((file) => [name, file] as const));

let server: Server;
let received: WebhookRequest | null = null;
beforeAll(async () => {
  server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { rawHeaders, url: target = '' } = request;
      received = { body: Buffer.concat(chunks), rawHeaders, target, receivedAt: Date.now() };
      answer.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server?.close());

describe('what lies in examples/contacts, sent by send.sh', () => {
  it.each(FILES)('of %s is believed and read: %s', async (name, file) => {
    const directory = DIRECTORIES.find((one) => one.name === name)!;
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const secret = SECRETS[name] ?? ordinary;
    const settings = Object.assign(new directory.settings(), SETTINGS[name] ?? { secret });
    const connection: Connection = { provider: 'contacts', key: 'main', publicUrl: origin, settings };
    const words = [`${FOLDER}/send.sh`, name, `${origin}/webhooks/contacts/main`, `${FOLDER}/${name}/${file}`];
    await promisify(execFile)('sh', words, { env: { ...process.env, SECRET: secret } });
    expect(directory.verify(received!, connection)).toMatchObject({ verified: true });
    const body = directory.readBody?.(received!) ?? readBody(received!);
    const about = { accountId: '5f0c8f6e-3c1e-5b7a-8f57-0d4a3a0b9f11', connection: 'contacts/main', directory: name };
    const how = { integration: 'crm', country: null, requestId: null, trustsVerified: false, mayErase: false };
    const arrival = { ...about, ...how, receivedAt: new Date().toISOString() };
    const read = body.ok ? directory.read(body.plain, arrival, settings) : null;
    expect(read?.ok === true && read.events.every(({ told, note }) => told.length > 0 && note === null)).toBe(true);
  });
});
