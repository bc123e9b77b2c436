import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImapFlow } from 'imapflow';
import type { ImapConfiguration } from '#libs/runtime';
import { hasTestDovecot, startTestDovecot, type TestDovecot } from '#libs/testing';
import { startTokenEndpoint, type TokenEndpoint } from '../../testing/token-endpoint.js';
import { connectionOptions } from '../connection/connection-options.js';
import { examineMailbox } from './examine-mailbox.js';

const user = 'support@acme.example';
const now = () => new Date();

(hasTestDovecot() ? describe : describe.skip)('the examination of a mailbox', () => {
  let server: TestDovecot;
  let plain: TestDovecot;
  let endpoint: TokenEndpoint;
  beforeAll(async () => {
    [server, plain, endpoint] = await Promise.all([
      startTestDovecot({ oauth2: true, tls: true }),
      startTestDovecot(),
      startTokenEndpoint(),
    ]);
    await server.deliver(user, Buffer.from('Subject: one\r\n\r\none\r\n'));
  });
  afterAll(() => Promise.all([server.stop(), plain.stop(), endpoint.close()]));

  const imap = (more: Partial<ImapConfiguration> = {}): ImapConfiguration => ({
    host: 'localhost',
    port: server.imapsPort,
    tls: 'implicit',
    caFile: server.caFile,
    user,
    password: server.password,
    oauth2: null,
    folder: 'inbox',
    afterImport: { seen: true, keyword: '$Imported', moveTo: 'Processed' },
    pollSeconds: 60,
    ...more,
  });
  const oauth2 = (more: object = {}) =>
    ({
      provider: 'microsoft365',
      tenant: 't',
      clientId: 'c',
      clientSecret: 'hunter2',
      tokenUrl: endpoint.url,
      ...more,
    }) as const;

  async function examine(more: Partial<ImapConfiguration> = {}) {
    const findings = await examineMailbox(imap(more), { now });
    const states = Object.fromEntries(findings.map(({ what, state }) => [what, state]));
    const details = Object.fromEntries(findings.map(({ what, detail }) => [what, detail]));
    return { states, details };
  }

  async function status() {
    const { auth, ...rest } = await connectionOptions(imap(), { user, pass: server.password });
    const client = new ImapFlow({ ...rest, auth });
    await client.connect();
    const found = await client.status('INBOX', { messages: true, unseen: true, uidNext: true, highestModseq: true });
    const folders = (await client.list()).map(({ path }) => path);
    await client.logout();
    return { found, folders };
  }

  it('finds nothing wrong, and changes nothing', async () => {
    await server.deliver(user, Buffer.from('Subject: two\r\n\r\ntwo\r\n'));
    const before = await status();
    const { states, details } = await examine();
    expect(states).toEqual({
      configuration: 'ok',
      credentials: 'ok',
      address: 'ok',
      connection: 'ok',
      tls: 'ok',
      login: 'ok',
      capabilities: 'ok',
      folder: 'ok',
      'move target': 'ok',
      marks: 'ok',
    });
    expect(details['folder']).toMatch(/INBOX holds 2 mails, UIDVALIDITY \d+, next UID 3/);
    expect(details['tls']).toMatch(/certificate of localhost, valid until 20\d\d-/);
    expect(await status()).toEqual(before);
  });

  it('goes the same way over STARTTLS, and with a token', async () => {
    const token = server.accessToken({ email: user, expiresAt: new Date(Date.now() + 60_000) });
    endpoint.reply = { body: { access_token: token, expires_in: 3600 } };
    const inTwoDays = new Date(Date.now() + 2 * 24 * 60 * 60 * 1000).toISOString();
    const { states, details } = await examine({
      port: server.imapPort,
      tls: 'starttls',
      password: undefined,
      oauth2: oauth2({ clientSecretExpiresAt: inTwoDays }),
    });
    expect(Object.values(states)).not.toContain('failed');
    expect(states).toMatchObject({ login: 'ok', tls: 'ok', 'client secret': 'warning' });
    expect(details['credentials']).toContain('valid until');
  });

  it('says which door is closed', async () => {
    expect((await examine({ host: 'nowhere.invalid' })).states).toMatchObject({ address: 'failed', login: 'skipped' });
    expect((await examine({ port: 9 })).states).toMatchObject({
      address: 'ok',
      connection: 'failed',
      login: 'skipped',
    });
    const untrusted = await examine({ caFile: null });
    expect(untrusted.details['tls']).toMatch(/is not trusted .*caFile/);
    expect(untrusted.states).toMatchObject({ login: 'skipped' });
    const wrongDoor = await examine({ port: server.imapPort });
    expect(wrongDoor.details['tls']).toContain('check port and tls');
    const open = { port: plain.imapPort, password: plain.password };
    expect((await examine({ ...open, tls: 'starttls' })).details['tls']).toContain('does not offer STARTTLS');
    expect((await examine({ ...open, tls: 'none' })).states).toMatchObject({ tls: 'warning', login: 'ok' });
    expect((await examine({ caFile: '/nowhere.pem' })).details['tls']).toContain('cannot be read');
  });

  it('says why the login fails, without the secret', async () => {
    const wrong = await examine({ password: 'hunter2' });
    expect(wrong.states).toMatchObject({ login: 'failed' });
    expect(wrong.details['login']).toContain('app password');
    endpoint.reply = { body: { access_token: 'hunter2' } };
    const token = await examine({ password: undefined, oauth2: oauth2() });
    expect(token.details['login']).toContain('enterprise application');
    endpoint.reply = { status: 503 };
    const later = await examine({ password: undefined, oauth2: oauth2() });
    expect(later.details['credentials']).toContain('try again later');
    expect(later.states).toMatchObject({ credentials: 'failed', login: 'skipped', tls: 'ok' });
    expect(JSON.stringify([wrong, token, later])).not.toContain('hunter2');
  });

  it('misses folders', async () => {
    const { states, details } = await examine({ folder: 'Tickets' });
    expect(states).toMatchObject({ login: 'ok', folder: 'failed' });
    expect(details['folder']).toContain('Processed');
    const target = await examine({ afterImport: { moveTo: 'Done' } });
    expect(target.states).toMatchObject({ 'move target': 'warning', marks: 'ok' });
    expect((await status()).folders).not.toContain('Done');
  });
});
