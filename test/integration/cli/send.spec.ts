import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { casewright } from './terminal-of-test.js';

interface Received {
  readonly from: string;
  readonly to: string[];
  readonly text: string;
}

const received: Received[] = [];
let folder: string;
let server: SMTPServer;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casewright-cli-'));
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address: to }, _, done) =>
      to.startsWith('nobody')
        ? done(Object.assign(new Error('5.1.1 no such \u001b[31mmailbox'), { responseCode: 550 }))
        : done(),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        received.push({ from, to: rcptTo.map((one) => one.address), text: Buffer.concat(parts).toString('utf8') });
        done(null, 'durable as 42');
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  address = `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

async function aMail(name: string, head: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${head}\nMessage-ID: <${name}@example.org>\n\n.leading dot\nbody\n`);
  return path;
}

it('hands the mail over as it is, with the envelope of its headers', async () => {
  const mail = await aMail(
    'a.eml',
    'From: Rita <rita@example.org>\nTo: "S, T" <support@acme.example>,\n other@acme.example\nCc: g:x@y.example;',
  );
  const { code, output } = await casewright(['send', '--server', address, mail]);
  expect(output).toContain('accepted for support@acme.example, other@acme.example, x@y.example (250 durable as 42)');
  expect(code).toBe(0);
  const sent = received.at(-1);
  expect(sent).toMatchObject({
    from: 'rita@example.org',
    to: ['support@acme.example', 'other@acme.example', 'x@y.example'],
  });
  expect(sent?.text).toMatch(/^From: Rita <rita@example.org>\r\nTo: [^]*\r\n\r\n\.leading dot\r\nbody\r\n$/);
});

it('lets options win, and sends bounces from nobody', async () => {
  const mail = await aMail('b.eml', 'Return-Path: <>\nFrom: daemon@example.org\nTo: a@acme.example');
  await casewright(['send', '--server', address, mail]);
  expect(received.at(-1)).toMatchObject({ from: '', to: ['a@acme.example'] });
  await casewright([
    'send',
    '--server',
    address,
    '--from',
    'me@example.org',
    '--to',
    'b@acme.example',
    '--to',
    'c@acme.example',
    mail,
  ]);
  expect(received.at(-1)).toMatchObject({ from: 'me@example.org', to: ['b@acme.example', 'c@acme.example'] });
});

it('says what the server said, goes on, and ends with 1', async () => {
  const bad = await aMail('c.eml', 'From: rita@example.org\nTo: nobody@acme.example');
  const good = await aMail('d.eml', 'From: rita@example.org\nTo: a@acme.example, nobody@acme.example');
  const lost = await aMail('e.eml', 'From: rita@example.org');
  const { code, output } = await casewright([
    'send',
    '--json',
    '--server',
    address,
    bad,
    good,
    lost,
    join(folder, 'none.eml'),
  ]);
  const answers = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(answers).toMatchObject([
    { file: bad, kind: 'refused', reply: expect.stringContaining('550') },
    { file: good, kind: 'accepted', accepted: ['a@acme.example'], refused: ['nobody@acme.example'] },
    { file: lost, kind: 'unusable' },
    { kind: 'unusable', reason: expect.stringContaining('ENOENT') },
  ]);
  expect(code).toBe(1);
  const plain = await casewright(['send', '--server', address, bad]);
  expect(plain.output).not.toContain('\u001b');
});

it('names the server that it cannot reach', async () => {
  const mail = await aMail('f.eml', 'From: rita@example.org\nTo: a@acme.example');
  const { code, errors } = await casewright(['send', '--server', '127.0.0.1:1', mail, mail]);
  expect([code, errors.trim().split('\n').length]).toEqual([1, 1]);
  expect(errors).toMatch(/^127.0.0.1:1 cannot be reached \(.*ECONNREFUSED.*npm start/);
});
