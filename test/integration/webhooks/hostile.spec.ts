import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dial, exchange, waitUntil } from '#libs/testing';
import { FORM, STARTED } from '../../webhooks/requests-and-answers.js';
import { generic, twilio, type Sent } from '../../webhooks/senders.js';
import { serveWebhooks, type WebhookServer } from '../../webhooks/serve-webhooks.js';
import { toyLog } from '../../webhooks/toy-log.js';

const log = toyLog();
let server: WebhookServer;
let port: number;
beforeAll(async () => {
  server = await serveWebhooks(log);
  port = Number(new URL(server.url).port);
});
beforeEach(() => {
  log.records.length = 0;
  server.deliveries.length = 0;
});
afterAll(() => server?.close());

/** The bytes of a request, with more headers than its sender would send. */
function bytesOf({ path, headers, body }: Sent, more: readonly string[] = [], target = path): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const hasHost = more.some((line) => /^host:/i.test(line));
  const head = [
    `POST ${target} HTTP/1.1`,
    ...(hasHost ? [] : ['Host: hooks.acme.example']),
    ...lines,
    ...more,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${String(body)}`;
}
const statusOf = async (bytes: string): Promise<number | undefined> => (await exchange(port, bytes))[0]?.status;

describe('hostile requests', () => {
  it.each([
    ['Host', ['Host: evil.example']],
    ['X-Forwarded-Host', ['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: http', 'X-Forwarded-Port: 81']],
    ['Forwarded', ['Forwarded: host=evil.example;proto=http']],
    ['X-Original-URL', ['X-Original-URL: /webhooks/twilio/other', 'X-Rewrite-URL: /v1/cases']],
  ])('cannot choose the address that is signed by %s', async (_, headers) => {
    expect(await statusOf(bytesOf(twilio(FORM), headers))).toBe(200);
    expect(server.deliveries[0]?.signedAddress).toBe('https://hooks.acme.example/webhooks/twilio/main');
  });

  it('cannot send a signature twice, or the type of the body', async () => {
    const sent = generic(STARTED);
    expect(await statusOf(bytesOf(sent, ['webhook-signature: v1,AAAA']))).toBe(403);
    expect(server.deliveries[0]?.reason).toBe('signature-unreadable');
    expect(await statusOf(bytesOf(sent, ['Content-Type: application/json']))).toBe(415);
    expect(log.records).toEqual([]);
  });

  it('cannot name an address on the request line that leads elsewhere', async () => {
    const sent = twilio(FORM);
    for (const target of [
      '//evil.example/webhooks/twilio/main',
      '/webhooks/./twilio/main',
      '/webhooks/twilio/main/../main',
      '/webhooks/twilio/MAIN',
    ]) {
      expect(await statusOf(bytesOf(sent, [], target))).not.toBe(200);
    }
    expect(log.records).toEqual([]);
  });

  it('are refused with many headers', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `X-${index}: y`);
    expect(await statusOf(bytesOf(generic(STARTED), many))).toBe(431);
  });

  it('that hide how long they are come to an end at the limit', async () => {
    const { path, headers } = generic(STARTED);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const head = [`POST ${path} HTTP/1.1`, 'Host: x', ...lines, 'Transfer-Encoding: chunked', 'Connection: close'];
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    expect(await statusOf(`${head.join('\r\n')}\r\n\r\n${chunk.repeat(6)}0\r\n\r\n`)).toBe(413);
    expect(server.deliveries).toMatchObject([{ verdict: 'malformed', reason: 'body-too-large' }]);
  });

  it('that break off leave nothing', async () => {
    const whole = bytesOf(generic(STARTED));
    const socket = await dial(port);
    socket.write(whole.slice(0, whole.length - 20));
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await waitUntil(
      () => server.deliveries.length === 1,
      5000,
      () => 'nobody noticed',
      5,
    );
    expect(server.deliveries[0]).toMatchObject({ verdict: 'malformed' });
    expect(log.records).toEqual([]);
    expect((await server.post(generic(STARTED))).status).toBe(202);
  });

  it.each([
    [
      'a member of every object',
      '{"__proto__":{"type":"call.started"},"id":"e1","type":"call.started","occurred_at":"2026-03-02T10:15:00Z","call_id":"c"}',
    ],
    [
      'a constructor',
      '{"constructor":{"prototype":{"x":1}},"id":"e1","type":"toString","occurred_at":"2026-03-02T10:15:00Z"}',
    ],
    [
      'numbers beyond numbers',
      '{"id":"e1","type":"call.ended","occurred_at":"2026-03-02T10:15:00Z","call_id":"c","q850":1e999}',
    ],
    [
      'a line break in a name',
      '{"id":"e1\\r\\nX: y","type":"call.started","occurred_at":"2026-03-02T10:15:00Z","call_id":"c\\r\\nd"}',
    ],
  ])('with %s do no harm', async (_, body) => {
    const response = await server.post(generic(body));
    expect([202, 400]).toContain(response.status);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});
