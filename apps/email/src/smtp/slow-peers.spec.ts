import { afterEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import tlsOptions from 'smtp-server/lib/tls-options.js';
import { RawClient } from '../testing/raw-client.js';
import { NO_MAIL, SMTP_SETTINGS } from '../testing/smtp-settings.js';
import { listenSmtp, type SmtpListener, type SmtpSettings } from './receive-smtp.js';

const DEADLINES = { commandMs: 400, dataMs: 400, dataBytesPerSecond: 1_000 };
const DRIP_MS = 40;
const ends: string[] = [];
const clients: RawClient[] = [];
let taken = 0;
let listener: SmtpListener | undefined;

async function listen(settings: Partial<SmtpSettings> = {}): Promise<number> {
  ends.length = 0;
  taken = 0;
  const parse = (): Promise<never> => {
    taken += 1;
    return Promise.reject(new Error('disk full'));
  };
  listener = await listenSmtp(
    { ...SMTP_SETTINGS, deadlines: DEADLINES, ...settings },
    {
      ...NO_MAIL,
      parser: { parse },
      metrics: { ...NO_MAIL.metrics, connectionEnded: (reason) => void ends.push(reason) },
    },
  );
  return listener.port;
}

async function aClient(port: number): Promise<RawClient> {
  const client = new RawClient(port);
  clients.push(client);
  await client.hear(/^220 /);
  return client;
}

async function inData(port: number): Promise<RawClient> {
  const client = await aClient(port);
  client.say('EHLO client.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<support@acme.example>\r\nDATA\r\n');
  await client.hear(/^354/m);
  return client;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Says a piece now and then, and ends as soon as the server has closed. */
async function dripUntilClosed(client: RawClient, piece: string): Promise<void> {
  const dripping = setInterval(() => client.say(piece), DRIP_MS);
  try {
    await client.hear(/^421 4\.4\.2 /m);
    await client.closed();
  } finally {
    clearInterval(dripping);
  }
}

afterEach(async () => {
  clients.splice(0).forEach((client) => client.leave());
  await listener?.close();
  listener = undefined;
});

describe('a client that sends a byte now and then', () => {
  it('is told to come back when its command does not come to an end', async () => {
    const client = await aClient(await listen());
    const started = performance.now();
    await dripUntilClosed(client, 'N');
    expect(performance.now() - started).toBeGreaterThan(DEADLINES.commandMs * 0.7);
    expect(ends).toEqual(['slow']);
  });

  it('is told so in a mail, which is not taken', async () => {
    const client = await inData(await listen());
    await dripUntilClosed(client, 'x');
    expect([ends, taken]).toEqual([['slow'], 0]);
  });

  it('is told so within a bounded time, however much it sends beyond the limit of a mail', async () => {
    listener = await listenSmtp(
      { ...SMTP_SETTINGS, deadlines: { ...DEADLINES, dataBytesPerSecond: 100 } },
      { ...NO_MAIL, maxMessageBytes: 20 },
    );
    await dripUntilClosed(await inData(listener.port), 'x'.repeat(50));
  });

  it('is closed while it changes to TLS', async () => {
    const { cert, key } = tlsOptions();
    const port = await listen({ tls: { certificate: Buffer.from(cert as string), key: Buffer.from(key as string) } });
    const client = await aClient(port);
    client.say('EHLO c\r\nSTARTTLS\r\n');
    await client.hear(/^220 Ready/m);
    // The beginning of a record of 16,000 bytes.
    client.say('\u0016\u0003\u0001\u003e\u0040');
    const dripping = setInterval(() => client.say('\u0001'), DRIP_MS);
    await client.closed().finally(() => clearInterval(dripping));
    expect(ends).toEqual(['slow']);
  });

  it('is told so after it has changed to TLS', async () => {
    const { cert, key } = tlsOptions();
    const port = await listen({ tls: { certificate: Buffer.from(cert as string), key: Buffer.from(key as string) } });
    const socket = connect(port, '127.0.0.1');
    const heard = (from: NodeJS.ReadableStream) => new Promise((resolve) => from.once('data', resolve));
    await heard(socket);
    socket.write('STARTTLS\r\n');
    await heard(socket);
    const secure = connectTls({ socket, rejectUnauthorized: false });
    secure.on('error', () => undefined);
    const said = text(secure);
    const dripping = setInterval(() => secure.write('N'), DRIP_MS);
    expect(await said.finally(() => clearInterval(dripping))).toMatch(/^421 4\.4\.2 /);
    socket.destroy();
  });
});

describe('a client that takes its time', () => {
  it('may stay as long as every command comes to its end', async () => {
    const client = await aClient(await listen());
    for (let round = 0; round < 5; round += 1) {
      for (const piece of ['NO', 'O', 'P\r\n']) {
        client.say(piece);
        await pause(DEADLINES.commandMs / 6);
      }
      await client.hear(/^250 /m);
    }
    expect(ends).toEqual([]);
  });

  it('has more of it the more it sends', async () => {
    const client = await inData(await listen());
    client.say('Subject: slow\r\n\r\n');
    for (let line = 0; line < 10; line += 1) {
      client.say(`${'x'.repeat(200)}\r\n`);
      await pause(DEADLINES.dataMs / 4);
    }
    client.say('.\r\n');
    await client.hear(/^451 /m);
    expect([ends, taken]).toEqual([[], 1]);
  });

  it('is not blamed for the time that its answer takes', async () => {
    let finish: () => void = () => undefined;
    const parse = () => new Promise<never>((_resolve, reject) => (finish = () => reject(new Error('disk full'))));
    listener = await listenSmtp({ ...SMTP_SETTINGS, deadlines: DEADLINES }, { ...NO_MAIL, parser: { parse } });
    const client = await inData(listener.port);
    client.say('Subject: whole\r\n\r\ntext\r\n.\r\n');
    await pause(DEADLINES.commandMs * 3);
    finish();
    await client.hear(/^451 4\.3\.0/m);
  });
});
