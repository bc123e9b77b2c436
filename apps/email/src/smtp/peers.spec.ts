import { afterEach, describe, expect, it } from '@jest/globals';
import tlsOptions from 'smtp-server/lib/tls-options.js';
import { createTransport } from 'nodemailer';
import { RawClient } from '../testing/raw-client.js';
import { admissionTo, countOfPeer } from './peers.js';
import { listenSmtp, type SmtpListener, type SmtpSettings } from './receive-smtp.js';

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

describe('connections of one peer', () => {
  it.each([
    ['192.0.2.1', ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:192.0.2.1', '192.0.2.2', '2001:db8::1'], 3],
    ['::ffff:192.0.2.1', ['192.0.2.1'], 1],
    ['2001:db8::1', ['2001:db8::1', '2001:db8:0:0:ffff::', '2001:DB8::2', '2001:db8:0:1::1', '192.0.2.1'], 3],
    ['fe80::1%eth0', ['fe80::2%eth1'], 1],
    ['192.0.2.1', ['', 'unknown'], 0],
    ['', ['', '192.0.2.1'], 0],
  ])('%s: %j are %d', (address, addresses, count) => {
    expect(countOfPeer(address, addresses)).toBe(count);
  });
});

const LIMIT = 20;
const clients: RawClient[] = [];
let refused = 0;
let listener: SmtpListener | undefined;

async function listen(settings: Partial<SmtpSettings> = {}): Promise<void> {
  const never = () => Promise.reject(new Error('no mail came'));
  refused = 0;
  listener = await listenSmtp(
    {
      host: '127.0.0.1',
      port: 0,
      hostname: 'mx.acme.example',
      tls: null,
      mailboxes: [],
      maxConnections: 100,
      maxConnectionsPerPeer: LIMIT,
      idleTimeoutMs: 5_000,
      closeTimeoutMs: 500,
      ...settings,
    },
    {
      blobs: { put: never },
      parser: { parse: never },
      publisher: { publish: never },
      metrics: {
        received: () => undefined,
        parsed: () => undefined,
        recipientRefused: () => undefined,
        connectionRefused: () => void (refused += 1),
        connectionEnded: () => undefined,
      },
      accountId: '0f4f7f0e-5f7b-5c53-9f6a-4b1c2d3e4f50',
      tokenSecret: 'a secret of the tests',
      maxMessageBytes: 1000,
      logger: { warn: () => undefined },
    },
  );
}

function aClient(from?: string): RawClient {
  const client = new RawClient(listener?.port ?? 0, from);
  clients.push(client);
  return client;
}

/** Connects until the limit is reached; each is greeted, though all come at once. */
async function fill(): Promise<RawClient[]> {
  const filling = Array.from({ length: LIMIT }, () => aClient());
  await Promise.all(filling.map((client) => client.hear(/^220 /)));
  return filling;
}

afterEach(async () => {
  clients.splice(0).forEach((client) => client.leave());
  await listener?.close();
  listener = undefined;
});

describe('a peer with as many connections as it may have', () => {
  it('is told to come back, and the connection is closed', async () => {
    await listen();
    await fill();
    const one = aClient();
    await one.hear(/^421 4\.7\.0 Too many connections from your address/);
    await one.closed();
    expect(refused).toBe(1);
  });

  it.each([
    ['says goodbye', async (client: RawClient) => client.say('QUIT\r\n')],
    ['breaks off', async (client: RawClient) => client.leave()],
    [
      'breaks off in a mail',
      async (client: RawClient) => {
        client.say('EHLO a\r\nMAIL FROM:<a@b.example>\r\n');
        await client.hear(/^250 .*[^]*250 /m);
        client.leave();
      },
    ],
    [
      'is thrown out',
      async (client: RawClient) => {
        client.say('NONSENSE\r\n'.repeat(20));
        await client.hear(/^421/m);
      },
    ],
  ])('gets in again after one of them %s', async (_how, end) => {
    await listen();
    const [first] = await fill();
    await aClient().hear(/^421/);
    await end(first as RawClient);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await aClient().hear(/^220 /);
    await aClient().hear(/^421 4\.7\.0/);
  });

  it('gets in again after the idle ones were closed', async () => {
    await listen({ idleTimeoutMs: 300 });
    const filled = await fill();
    await Promise.all(filled.map((client) => client.hear(/^421/)));
    await aClient().hear(/^220 /);
  });

  it('gets in again after one that had changed to TLS', async () => {
    const { cert, key } = tlsOptions();
    const tls = { certificate: Buffer.from(cert as string), key: Buffer.from(key as string) };
    await listen({ tls, maxConnectionsPerPeer: 1 });
    for (let round = 0; round < 3; round += 1) {
      const transport = createTransport({
        host: '127.0.0.1',
        port: listener?.port ?? 0,
        requireTLS: true,
        tls: { rejectUnauthorized: false },
      });
      expect(await transport.verify()).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  // Other systems have one address of 127.0.0.0/8 only.
  (process.platform === 'linux' ? it : it.skip)('takes nothing from another', async () => {
    await listen();
    await fill();
    await aClient('127.0.0.2').hear(/^220 /);
    await aClient().hear(/^421/);
  });

  it('takes nothing of the limit of all by what is refused', async () => {
    await listen({ maxConnections: LIMIT + 1 });
    await fill();
    await Promise.all(Array.from({ length: 30 }, () => aClient().hear(/^421 4\.7\.0/)));
    expect(refused).toBe(30);
  });
});

it.each([
  ['192.0.2.0/24', /^554 5\.7\.1/],
  ['127.0.0.0/8', /^220 /],
])('the listener for %s answers a local client %s', async (network, greeting) => {
  await listen({ admits: admissionTo([network]) ?? undefined });
  expect(await aClient().hear(/\r\n/)).toMatch(greeting);
});
