import { afterEach, describe, expect, it } from '@jest/globals';
import { hostname } from 'node:os';
import { RawClient } from '../testing/raw-client.js';
import { NO_MAIL, SMTP_SETTINGS } from '../testing/smtp-settings.js';
import { admissionTo } from './peers.js';
import { listenSmtp, type SmtpListener, type SmtpSettings } from './receive-smtp.js';

const SLOWED_FROM = 10;
const MOST = 20;
const DELAY_MS = 40;
const ends: string[] = [];
let listener: SmtpListener | undefined;
let client: RawClient | undefined;

async function inMail(settings: Partial<SmtpSettings> = {}): Promise<RawClient> {
  ends.length = 0;
  listener = await listenSmtp(
    { ...SMTP_SETTINGS, wrongRecipientDelayMs: DELAY_MS, ...settings },
    { ...NO_MAIL, metrics: { ...NO_MAIL.metrics, connectionEnded: (reason) => void ends.push(reason) } },
  );
  client = new RawClient(listener.port);
  await client.hear(/^220 /);
  client.say('EHLO client.example\r\nMAIL FROM:<a@b.example>\r\n');
  await client.hear(/^250 Accepted/m);
  return client;
}

const wrong = (count: number): string =>
  Array.from({ length: count }, (_unused, index) => `RCPT TO:<guess-${index}@acme.example>\r\n`).join('');

afterEach(async () => {
  client?.leave();
  await listener?.close();
  listener = undefined;
});

describe('a connection that names wrong recipients and no right one', () => {
  it('is slowed, and ended by the twentieth', async () => {
    const guessing = await inMail();
    const started = performance.now();
    guessing.say(wrong(MOST + 10));
    const heard = await guessing.hear(/^421 4\.7\.0 /m);
    await guessing.closed();
    expect(heard.match(/^550 5\.1\.1 /gm)).toHaveLength(MOST - 1);
    expect(performance.now() - started).toBeGreaterThan((MOST - SLOWED_FROM) * DELAY_MS);
    expect(ends).toEqual(['recipients']);
  });

  it('is ended when it counts anew with every mail', async () => {
    const guessing = await inMail();
    guessing.say(`${wrong(6)}RSET\r\nMAIL FROM:<a@b.example>\r\n`.repeat(4));
    await guessing.hear(/^421 4\.7\.0 /m);
  });

  it('is not slowed by a few', async () => {
    const guessing = await inMail({ wrongRecipientDelayMs: 60_000 });
    guessing.say(`${wrong(SLOWED_FROM - 1)}RCPT TO:<support@acme.example>\r\n`);
    expect(await guessing.hear(/^250 Accepted/m)).toMatch(/^(550 5\.1\.1 .*\r\n){9}250 /);
  });
});

it('a connection that has named a right one may name any number of wrong ones', async () => {
  const sender = await inMail({ wrongRecipientDelayMs: 60_000 });
  sender.say(`RCPT TO:<support@acme.example>\r\n${wrong(50)}NOOP\r\n`);
  expect((await sender.hear(/^250 OK/m)).match(/^550 5\.1\.1 /gm)).toHaveLength(50);
  expect(ends).toEqual([]);
});

it.each([
  ['127.0.0.0/8', /^250 OK/m],
  ['192.0.2.0/24', /^421 4\.7\.0 /m],
])('where %s is trusted, a local server that names none of ours hears %s', async (network, answer) => {
  const relay = await inMail({ trusts: admissionTo([network]) ?? undefined });
  relay.say(`${wrong(MOST + 10)}NOOP\r\n`);
  await relay.hear(answer);
});

it('greets with the name that is configured, and with nothing else', async () => {
  await inMail();
  const greeted = new RawClient(listener?.port ?? 0);
  const greeting = await greeted.hear(/\r\n/);
  greeted.leave();
  expect(greeting).toBe('220 mx.acme.example ESMTP\r\n');
  expect(greeting).not.toContain(hostname());
});
