import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImapFlow } from 'imapflow';
import { connect } from 'node:net';
import type { ImapConfiguration } from '#libs/runtime';
import { hasTestDovecot, startTestDovecot, type TestDovecot } from '#libs/testing';
import { startTokenEndpoint, type TokenEndpoint } from '../../testing/token-endpoint.js';
import { connectionOptions } from '../connection/connection-options.js';
import { obtainCredentials } from './obtain-credentials.js';

const user = 'support@acme.example';

(hasTestDovecot() ? describe : describe.skip)('a login with the token of an endpoint', () => {
  let server: TestDovecot;
  let endpoint: TokenEndpoint;
  beforeAll(async () => {
    [server, endpoint] = await Promise.all([startTestDovecot({ oauth2: true, tls: true }), startTokenEndpoint()]);
  });
  afterAll(() => Promise.all([server.stop(), endpoint.close()]));

  const imap = (more: Partial<ImapConfiguration> = {}): ImapConfiguration => ({
    host: '127.0.0.1',
    port: server.imapPort,
    tls: 'starttls',
    caFile: server.caFile,
    user,
    oauth2: { provider: 'microsoft365', tenant: 't', clientId: 'c', clientSecret: 's', tokenUrl: endpoint.url },
    folder: 'INBOX',
    afterImport: {},
    pollSeconds: 60,
    ...more,
  });

  async function login(imapConfiguration: ImapConfiguration): Promise<boolean> {
    const credentials = await obtainCredentials(imapConfiguration);
    if (!credentials.ok) {
      throw new Error(credentials.reason);
    }
    const client = new ImapFlow(await connectionOptions(imapConfiguration, credentials.auth));
    client.on('error', () => undefined);
    await client.connect();
    const secure = client.secureConnection;
    await client.logout();
    return secure;
  }

  const grant = (claims: { email?: string; seconds?: number }) => {
    const { email = user, seconds = 60 } = claims;
    const token = server.accessToken({ email, expiresAt: new Date(Date.now() + seconds * 1000) });
    endpoint.reply = { body: { access_token: token, expires_in: 3600 } };
  };

  it('works by OAUTHBEARER over STARTTLS and over TLS from the first byte', async () => {
    grant({});
    expect(await login(imap())).toBe(true);
    expect(await login(imap({ port: server.imapsPort, tls: 'implicit' }))).toBe(true);
    expect(endpoint.forms).toHaveLength(2);
  });

  it('works by the password', async () => {
    expect(await login(imap({ oauth2: null, password: server.password }))).toBe(true);
  });

  it('works by XOAUTH2, the mechanism of Microsoft 365', async () => {
    grant({});
    const credentials = await obtainCredentials(imap());
    const token = credentials.ok && 'accessToken' in credentials.auth ? credentials.auth.accessToken : '';
    const initial = Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64');
    expect(await authenticate(`XOAUTH2 ${initial}`)).toMatch(/^a OK/);
    const forged = Buffer.from(`user=${user}\u0001auth=Bearer ${token}x\u0001\u0001`).toString('base64');
    expect(await authenticate(`XOAUTH2 ${forged}`)).not.toMatch(/^a OK/);
  });

  it('fails with a token that has expired or belongs to another user', async () => {
    for (const claims of [{ seconds: -60 }, { email: 'other@acme.example' }]) {
      grant(claims);
      const failure = {
        authenticationFailed: true,
        oauthError: expect.objectContaining({ status: expect.anything() }),
      };
      await expect(login(imap())).rejects.toMatchObject(failure);
    }
  });

  it('is not tried in clear, or with a server that nobody vouches for', async () => {
    grant({});
    await expect(login(imap({ caFile: null }))).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    const plain = await startTestDovecot();
    try {
      const wanted = imap({ port: plain.imapPort, oauth2: null, password: plain.password });
      await expect(login(wanted)).rejects.toThrow(/STARTTLS/);
      expect(await login({ ...wanted, tls: 'none' })).toBe(false);
    } finally {
      await plain.stop();
    }
  });

  async function authenticate(mechanism: string): Promise<string> {
    const socket = connect({ host: '127.0.0.1', port: server.imapPort });
    let sent = false;
    for await (const chunk of socket) {
      if (sent) {
        socket.destroy();
        return String(chunk);
      }
      sent = true;
      socket.write(`a AUTHENTICATE ${mechanism}\r\n`);
    }
    return '';
  }
});
