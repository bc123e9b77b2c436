import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jwtVerify } from 'jose';
import type { ImapConfiguration, OAuth2Configuration } from '#libs/runtime';
import { startTokenEndpoint, type TokenEndpoint, type TokenReply } from '../../testing/token-endpoint.js';
import { obtainCredentials } from './obtain-credentials.js';

const SECRET = 'hunter2-is-the-secret';
const now = () => new Date('2026-11-21T12:00:00Z');
let endpoint: TokenEndpoint;
let folder: string;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

beforeAll(async () => {
  endpoint = await startTokenEndpoint();
  folder = await mkdtemp(join(tmpdir(), 'casewright-credentials-'));
});
afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  endpoint.forms.length = 0;
  endpoint.reply = { body: { access_token: 'token-1', token_type: 'Bearer', expires_in: 3599 } };
});

const microsoft = (): OAuth2Configuration => ({
  provider: 'microsoft365',
  tenant: 'acme.example',
  clientId: 'application-1',
  clientSecret: SECRET,
  tokenUrl: endpoint.url,
});
const googleUser = (): OAuth2Configuration => ({
  provider: 'google',
  clientId: 'client-1',
  clientSecret: SECRET,
  refreshToken: 'refresh-1',
  tokenUrl: endpoint.url,
});

function imap(oauth2: OAuth2Configuration | null, more: Partial<ImapConfiguration> = {}): ImapConfiguration {
  const place = { host: 'outlook.office365.com', port: 993, tls: 'implicit', caFile: null } as const;
  return { ...place, user: 'support@acme.example', oauth2, folder: 'INBOX', afterImport: {}, pollSeconds: 60, ...more };
}

async function serviceAccount(content: string | object): Promise<OAuth2Configuration> {
  const file = join(folder, 'account.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return { provider: 'google', serviceAccountFile: file, tokenUrl: endpoint.url };
}
const account = () => ({
  client_email: 'casewright@acme.iam.example',
  private_key_id: 'key-1',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
});

describe('credentials that are granted', () => {
  it('are the password where there is one', async () => {
    const auth = { user: 'support@acme.example', pass: 'p' };
    expect(await obtainCredentials(imap(null, { password: 'p' }))).toEqual({ ok: true, auth, expiresAt: null });
    expect(endpoint.forms).toEqual([]);
  });

  it('come from Microsoft 365 by client credentials', async () => {
    expect(await obtainCredentials(imap(microsoft()), { now })).toEqual({
      ok: true,
      auth: { user: 'support@acme.example', accessToken: 'token-1' },
      expiresAt: new Date('2026-11-21T12:59:59Z'),
    });
    expect(Object.fromEntries(endpoint.forms[0] ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'application-1',
      client_secret: SECRET,
      scope: 'https://outlook.office365.com/.default',
    });
  });

  it('come from the address of the tenant', async () => {
    const asked: string[] = [];
    const instead = (url: unknown) => {
      asked.push(String(url));
      return Promise.resolve(new Response('{"access_token":"t"}'));
    };
    const oauth2 = { ...microsoft(), tenant: 'acme example/..', tokenUrl: undefined };
    expect(await obtainCredentials(imap(oauth2), { fetch: instead })).toMatchObject({
      ok: true,
      expiresAt: null,
    });
    expect(asked).toEqual(['https://login.microsoftonline.com/acme%20example%2F../oauth2/v2.0/token']);
  });

  it('come from Google by a refresh token', async () => {
    expect(await obtainCredentials(imap(googleUser()))).toMatchObject({ ok: true });
    expect(Object.fromEntries(endpoint.forms[0] ?? [])).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
    });
  });

  it('come from Google by a signed assertion of the service account for this mailbox', async () => {
    expect(await obtainCredentials(imap(await serviceAccount(account())), { now })).toMatchObject({ ok: true });
    const [form] = endpoint.forms;
    expect(form?.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const { payload, protectedHeader } = await jwtVerify(form?.get('assertion') ?? '', publicKey, {
      currentDate: now(),
    });
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
    expect(payload).toEqual({
      iss: 'casewright@acme.iam.example',
      sub: 'support@acme.example',
      aud: endpoint.url,
      scope: 'https://mail.google.com/',
      iat: now().getTime() / 1000,
      exp: now().getTime() / 1000 + 3600,
    });
  });
});

describe('an endpoint in trouble is never a refusal', () => {
  it.each<[string, TokenReply]>([
    ['throttling', { status: 429, headers: { 'retry-after': '7' }, body: { error: 'invalid_client' } }],
    ['a fault', { status: 500, body: { error: 'invalid_grant' } }],
    ['maintenance', { status: 503, body: 'down' }],
    ['a captive portal', { status: 200, body: '<html>Please log in</html>' }],
    ['a proxy that refuses', { status: 403, body: '<html>Forbidden</html>' }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
    ['a token that would break the login', { body: { access_token: 'a\r\nA1 LOGOUT' } }],
    ['an endless answer', { body: { access_token: 't', padding: 'x'.repeat(100_000) } }],
    ['a passing error', { status: 400, body: { error: 'temporarily_unavailable' } }],
    ['throttling of a tenant', { status: 400, body: { error: 'invalid_grant', error_description: 'AADSTS90055: x' } }],
  ])('%s', async (_name, reply) => {
    endpoint.reply = reply;
    const result = await obtainCredentials(imap(microsoft()));
    expect(result).toMatchObject({
      ok: false,
      kind: 'unavailable',
      retryAfterMs: reply.headers?.['retry-after'] ? 7000 : null,
    });
    expect(endpoint.forms).toHaveLength(1);
  });

  it('nothing listens', async () => {
    const oauth2 = { ...microsoft(), tokenUrl: 'http://127.0.0.1:9/token' };
    expect(await obtainCredentials(imap(oauth2))).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('cannot be reached'),
    });
  });

  it('no answer in time', async () => {
    endpoint.reply = { hang: true };
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      return AbortSignal.abort(new DOMException('too long', 'TimeoutError'));
    });
    const result = await obtainCredentials(imap(microsoft()));
    expect(timeout).toHaveBeenCalledWith(10_000);
    timeout.mockRestore();
    expect(result).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('within 10 s') });
  });
});

describe('a refusal says what to do, and no secret', () => {
  const described = (code: string) => ({ error_description: `${code}: about ${SECRET} and token-1`, error_codes: [1] });
  it.each<[object, string]>([
    [{ error: 'invalid_client', ...described('AADSTS7000222') }, 'has expired'],
    [{ error: 'invalid_client', ...described('AADSTS7000215') }, 'not the secret'],
    [{ error: 'unauthorized_client', ...described('AADSTS700016') }, 'check clientId and tenant'],
    [{ error: 'invalid_client', ...described('AADSTS9999999') }, 'check clientId, clientSecret and tenant'],
    [{ error: 'interaction_required', error_description: SECRET }, 'check the settings'],
  ])('%j', async (body, advice) => {
    endpoint.reply = { status: 401, body };
    const result = await obtainCredentials(imap(microsoft()));
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining(advice), retryAfterMs: null });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('of a refresh token and of a service account', async () => {
    endpoint.reply = { status: 400, body: { error: 'invalid_grant' } };
    expect(await obtainCredentials(imap(googleUser()))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('consent again'),
    });
    endpoint.reply = { status: 401, body: { error: 'unauthorized_client' } };
    expect(await obtainCredentials(imap(await serviceAccount(account())))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('domain-wide delegation'),
    });
  });

  it.each<[string | object, string]>([
    [`{"private_key": "${SECRET}`, 'no client_email'],
    [{ client_email: 'a@b', private_key: SECRET }, 'no private key that can sign'],
    [`"${SECRET}"`, 'no client_email'],
  ])('of a key file that holds %j', async (content, reason) => {
    const result = await obtainCredentials(imap(await serviceAccount(content)));
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
    expect(JSON.stringify(result)).not.toContain('hunter2');
    expect(endpoint.forms).toEqual([]);
  });

  it('of a key file that is not there', async () => {
    const oauth2 = { ...(await serviceAccount('')), serviceAccountFile: '/nowhere/account.json' };
    expect(await obtainCredentials(imap(oauth2))).toMatchObject({ reason: expect.stringContaining('ENOENT') });
  });
});
