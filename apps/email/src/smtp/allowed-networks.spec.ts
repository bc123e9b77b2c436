import { expect, it } from '@jest/globals';
import { RawClient } from '../testing/raw-client.js';
import { admissionTo } from './peers.js';
import { listenSmtp } from './receive-smtp.js';

it.each([
  [[], '198.51.100.7', true],
  [['192.0.2.0/24'], '192.0.2.255', true],
  [['192.0.2.0/24'], '::ffff:192.0.2.1', true],
  [['192.0.2.0/24'], '192.0.3.0', false],
  [['192.0.2.7'], '192.0.2.7', true],
  [['192.0.2.7'], '192.0.2.8', false],
  [['2001:db8::/32'], '2001:db8:1::7', true],
  [['2001:db8::/32'], '192.0.2.7', false],
  [['192.0.2.7', '::1'], '::1', true],
  [['192.0.2.7'], 'nonsense', false],
])('%j: %s %s', (networks, address, expected) => {
  expect(admissionTo(networks)?.(address)).toBe(expected);
});

it.each(['300.0.0.1', '192.0.2.0/33', '::1/129', '192.0.2'])('%s is no network', (network) => {
  expect(admissionTo([network])).toBeNull();
});

it.each([
  ['192.0.2.0/24', /^554 5\.7\.1/],
  ['127.0.0.0/8', /^220 /],
])('the listener for %s answers a local client %s', async (network, greeting) => {
  const never = () => Promise.reject(new Error('no mail came'));
  const listener = await listenSmtp(
    {
      host: '127.0.0.1',
      port: 0,
      hostname: 'mx.acme.example',
      tls: null,
      mailboxes: [],
      admits: admissionTo([network]) ?? undefined,
      maxConnections: 5,
      maxConnectionsPerPeer: 5,
      idleTimeoutMs: 5_000,
      closeTimeoutMs: 500,
    },
    {
      blobs: { put: never },
      parser: { parse: never },
      publisher: { publish: never },
      metrics: {
        received: () => undefined,
        parsed: () => undefined,
        recipientRefused: () => undefined,
        connectionRefused: () => undefined,
      },
      accountId: '0f4f7f0e-5f7b-5c53-9f6a-4b1c2d3e4f50',
      tokenSecret: 'a secret of the tests',
      maxMessageBytes: 1000,
      logger: { warn: () => undefined },
    },
  );
  const client = new RawClient(listener.port);
  expect(await client.hear(/\r\n/)).toMatch(greeting);
  client.leave();
  await listener.close();
});
