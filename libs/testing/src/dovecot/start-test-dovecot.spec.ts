import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImapFlow } from 'imapflow';
import { readFile } from 'node:fs/promises';

import { hasTestDovecot, startTestDovecot, type TestDovecot } from './index.js';

const user = 'support@acme.example';
const mail = (subject: string) => Buffer.from(`From: a@customer.example\r\nSubject: ${subject}\r\n\r\n.text\r\n`);

(hasTestDovecot() ? describe : describe.skip)('a Dovecot of our own', () => {
  let server: TestDovecot;
  beforeAll(async () => {
    server = await startTestDovecot({ oauth2: true, tls: true });
  });
  afterAll(() => server.stop());

  function client(auth: { pass: string } | { accessToken: string }, name = user): ImapFlow {
    const imap = new ImapFlow({ ...plain(), auth: { user: name, ...auth } });
    imap.on('error', () => undefined);
    return imap;
  }
  const plain = () =>
    ({ host: '127.0.0.1', port: server.imapPort, secure: false, doSTARTTLS: false, logger: false }) as const;

  async function status(name = user): Promise<{ messages?: number; uidValidity?: string; uidNext?: number }> {
    const imap = client({ pass: server.password }, name);
    await imap.connect();
    try {
      const found = await imap.status('INBOX', { messages: true, uidValidity: true, uidNext: true });
      return found === false ? {} : { ...found, uidValidity: String(found.uidValidity) };
    } finally {
      await imap.logout();
    }
  }

  it('delivers by LMTP and by a file, any user exists', async () => {
    await server.deliver('Anybody@else.example', mail('one'));
    await server.drop('anybody@else.example', mail('two'));
    expect(await status('anybody@else.example')).toMatchObject({ messages: 2 });
    await server.deliver(user, mail('three'));
    expect(await status()).toMatchObject({ messages: 1 });
  });

  it('gives an inbox a new UIDVALIDITY', async () => {
    const before = await status();
    await server.resetUidValidity(user);
    const after = await status();
    expect(after.messages).toBe(before.messages);
    expect(after.uidValidity).not.toBe(before.uidValidity);
    expect(after.uidNext).toBe(2);
  });

  it('names the sessions of a user, kills and starts again', async () => {
    const imap = client({ pass: server.password });
    const closed = new Promise((resolve) => imap.on('close', resolve));
    await imap.connect();
    expect(server.imapProcesses(user)).toHaveLength(1);
    expect(server.imapProcesses('nobody@acme.example')).toEqual([]);
    server.kill('SIGKILL');
    await closed;
    await server.restart();
    expect(server.imapProcesses()).toEqual([]);
    expect(await status()).toMatchObject({ messages: 1 });
  });

  it('takes a token of its user that has not expired, and no other', async () => {
    const soon = new Date(Date.now() + 60_000);
    const login = async (accessToken: string) => {
      const imap = client({ accessToken });
      await imap.connect();
      await imap.logout();
    };
    await login(server.accessToken({ email: user, expiresAt: soon }));
    const expired = server.accessToken({ email: user, expiresAt: new Date(Date.now() - 60_000) });
    await expect(login(expired)).rejects.toMatchObject({ authenticationFailed: true });
    const others = server.accessToken({ email: 'other@acme.example', expiresAt: soon });
    await expect(login(others)).rejects.toMatchObject({ authenticationFailed: true });
  });

  it('offers TLS from the first byte and by STARTTLS', async () => {
    const tls = { ca: await readFile(server.caFile ?? '', 'utf8') };
    const auth = { user, pass: server.password };
    const secure = new ImapFlow({ ...plain(), port: server.imapsPort, secure: true, doSTARTTLS: undefined, tls, auth });
    const upgraded = new ImapFlow({ ...plain(), doSTARTTLS: true, tls, auth });
    for (const imap of [secure, upgraded]) {
      await imap.connect();
      expect(imap.secureConnection).toBe(true);
      await imap.logout();
    }
  });
});
