import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createTransport } from 'nodemailer';
import { openBlobStore, type BlobStore } from '#libs/blob-store';
import type { PublishResult } from '#libs/channel-kit';
import { checkInteraction, type Interaction } from '#libs/interaction';
import { ParsePool } from '../parse/parse-pool.js';
import { RawClient } from '../testing/raw-client.js';
import { NO_MAIL } from '../testing/smtp-settings.js';
import { listenSmtp, type SmtpDependencies, type SmtpListener, type SmtpSettings } from './receive-smtp.js';

const mailbox = (address: string) => ({ address, trustedAuthservId: null });
const MAX_BYTES = 2 * 1024 * 1024;
const published: Interaction[] = [];
const warnings: unknown[] = [];
let answer: () => Promise<PublishResult>;
let directory: string;
let blobs: BlobStore;
let parser: ParsePool;
const listeners: SmtpListener[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casewright-smtp-'));
  blobs = await openBlobStore(directory);
  parser = new ParsePool({ blobAddress: directory, workers: 2, timeLimitMs: 10_000 });
});

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
  published.length = 0;
  warnings.length = 0;
});

afterAll(async () => {
  await parser.close();
  await rm(directory, { recursive: true });
});

async function listen(
  settings: Partial<SmtpSettings> = {},
  dependencies: Partial<SmtpDependencies> = {},
): Promise<SmtpListener> {
  answer = async () => ({ outcome: 'published' });
  const listener = await listenSmtp(
    {
      host: '127.0.0.1',
      port: 0,
      hostname: 'mx.acme.example',
      tls: null,
      mailboxes: ['support@acme.example', 'sales@acme.example'].map(mailbox),
      maxConnections: 50,
      maxConnectionsPerPeer: 50,
      idleTimeoutMs: 5_000,
      closeTimeoutMs: 2_000,
      ...settings,
    },
    {
      blobs,
      parser,
      publisher: {
        async publish(interactions) {
          const result = await answer();
          published.push(...(result.outcome === 'published' ? interactions : []));
          return result;
        },
      },
      metrics: NO_MAIL.metrics,
      accountId: '0f4f7f0e-5f7b-5c53-9f6a-4b1c2d3e4f50',
      tokenSecret: 'a secret of the tests',
      maxMessageBytes: MAX_BYTES,
      logger: { warn: (fields: unknown) => warnings.push(fields) },
      ...dependencies,
    },
  );
  listeners.push(listener);
  return listener;
}

async function send({ port }: SmtpListener, mail: object): Promise<{ response: string }> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    return await transport.sendMail({ from: 'maria@customer.example', to: 'support@acme.example', ...mail });
  } finally {
    transport.close();
  }
}

async function inData(port: number): Promise<RawClient> {
  const client = new RawClient(port);
  await client.hear(/^220 mx\.acme\.example/);
  client.say('EHLO client.example\r\n');
  await client.hear(/^250 /m);
  client.say('MAIL FROM:<a@b.example>\r\nRCPT TO:<support@acme.example>\r\nDATA\r\n');
  await client.hear(/^354/m);
  return client;
}

describe('a mail that arrives', () => {
  it('is answered with 250 after its record and its bytes are durable', async () => {
    const { response } = await send(await listen(), {
      subject: 'Broken lamp',
      text: 'It is broken.',
      attachments: [{ filename: 'a.txt', content: 'attached' }],
    });
    expect(response).toMatch(/^250 2\.0\.0/);
    const [interaction] = published;
    expect(checkInteraction(JSON.parse(JSON.stringify(interaction)))).toMatchObject({ ok: true });
    expect(interaction?.content).toMatchObject({ subject: 'Broken lamp', attachments: [{ name: 'a.txt', size: 8 }] });
    const raw = await blobs.get(interaction?.content.raw?.sha256 ?? '');
    expect(raw && (await text(raw))).toContain('Subject: Broken lamp');
  });

  it('has one id in two mailboxes, and a plus address reaches its mailbox', async () => {
    await send(await listen(), { to: 'support+anything@acme.example, Sales@ACME.example', text: 'text' });
    expect(published.map(({ endpoint }) => endpoint?.address)).toEqual(['support@acme.example', 'sales@acme.example']);
    expect(new Set(published.map(({ id }) => id)).size).toBe(1);
  });

  it('of more than a megabyte is stored while it comes and read from there', async () => {
    await send(await listen(), {
      text: 'large',
      attachments: [{ filename: 'b', content: Buffer.alloc(1_000_000, 'x') }],
    });
    expect(published[0]?.content.attachments).toMatchObject([{ size: 1_000_000 }]);
  });

  it.each([
    ['the log', () => ({})],
    ['the blob store', () => ({ blobs: { put: () => Promise.reject(new Error('disk full')) } })],
  ])('is answered with 451 when %s is unavailable', async (_what, dependencies) => {
    const listener = await listen({}, dependencies());
    answer = async () => ({ outcome: 'unavailable', reason: 'no broker' });
    for (const content of ['small', Buffer.alloc(1_000_000)]) {
      await expect(send(listener, { attachments: [{ filename: 'b', content }] })).rejects.toMatchObject({
        responseCode: 451,
        response: expect.stringContaining('4.3.0'),
      });
    }
    expect(published).toEqual([]);
    expect(warnings).toHaveLength(2);
  });
});

describe('what is refused', () => {
  it('550 5.1.1 for an address that is not ours', async () => {
    await expect(send(await listen(), { to: 'stranger@acme.example', text: 'x' })).rejects.toMatchObject({
      responseCode: 550,
      response: expect.stringContaining('5.1.1'),
    });
  });

  it('552 for a mail over the size limit, announced or not', async () => {
    const listener = await listen();
    const client = new RawClient(listener.port);
    await client.hear(/^220/);
    client.say('EHLO c\r\n');
    await client.hear(new RegExp(`SIZE ${MAX_BYTES}`));
    client.say(`MAIL FROM:<a@b.example> SIZE=${MAX_BYTES + 1}\r\n`);
    await client.hear(/^552/m);
    client.leave();
    const liar = await inData(listener.port);
    liar.say(`Subject: big\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(MAX_BYTES / 1000 + 10)}.\r\n`);
    await liar.hear(/^552/m);
    liar.say('MAIL FROM:<a@b.example>\r\n');
    await liar.hear(/^250/m);
    liar.leave();
    expect(published).toEqual([]);
  });

  it('commands that never end, nonsense and web requests end the connection', async () => {
    const listener = await listen();
    for (const abuse of ['x'.repeat(10_000), 'NONSENSE\r\n'.repeat(20), 'GET / HTTP/1.1\r\n\r\n']) {
      const client = new RawClient(listener.port);
      await client.hear(/^220/);
      client.say(abuse);
      await client.hear(/^421/m);
      client.leave();
    }
  });

  it('a hundred recipients are enough', async () => {
    const listener = await listen();
    const client = new RawClient(listener.port);
    await client.hear(/^220/);
    const recipients = Array.from({ length: 101 }, (_unused, index) => `RCPT TO:<support+${index}@acme.example>\r\n`);
    client.say(`EHLO c\r\nMAIL FROM:<a@b.example>\r\n${recipients.join('')}`);
    await client.hear(/^452/m);
    client.leave();
  });

  it('a second message smuggled behind a bare line feed stays text', async () => {
    const client = await inData((await listen()).port);
    client.say('Subject: one\r\n\r\ntext\n.\nMAIL FROM:<evil@b.example>\r\n.\r\n');
    await client.hear(/^250 2\.0\.0/m);
    client.leave();
    expect(published).toHaveLength(1);
    expect(published[0]?.content.text).toContain('MAIL FROM');
  });
});

describe('connections', () => {
  it('that break off in the middle of a mail leave nothing behind', async () => {
    const listener = await listen();
    const client = await inData(listener.port);
    client.say('Subject: half\r\n\r\nonly half of it');
    await new Promise((resolve) => setTimeout(resolve, 50));
    client.leave();
    await send(listener, { subject: 'whole', text: 'x' });
    expect(published.map(({ content }) => content.subject)).toEqual(['whole']);
  });

  it('that say nothing are closed', async () => {
    const client = new RawClient((await listen({ idleTimeoutMs: 200 })).port);
    await client.hear(/^220/);
    await client.hear(/^421/m);
  });

  it('over the limit are told to come back', async () => {
    const listener = await listen({ maxConnections: 1 });
    const first = new RawClient(listener.port);
    await first.hear(/^220/);
    const second = new RawClient(listener.port);
    await second.hear(/^421/m);
    first.leave();
    second.leave();
  });

  it('are told at the stop, after the mail that they are in', async () => {
    const listener = await listen();
    const idle = new RawClient(listener.port);
    await idle.hear(/^220/);
    const busy = await inData(listener.port);
    busy.say('Subject: last\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closing = listener.close();
    await idle.hear(/^421/m);
    busy.say('text\r\n.\r\n');
    await busy.hear(/^250 2\.0\.0[^]*421/m);
    await closing;
    expect(published).toHaveLength(1);
  });
});

it('leaves no temporary files in the store', async () => {
  const names = await readdir(directory, { recursive: true });
  expect(names.filter((name) => /tmp|temp|part$/.test(name) && !/^(tmp|temp|temporary)$/.test(name))).toEqual([]);
});
