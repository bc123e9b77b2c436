import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { CallBarConfiguration } from '#libs/runtime';
import { CallBarTokens } from './call-bar-tokens.js';

const SECRET = 'a secret of thirty-two bytes or more';
const PREVIOUS = 'the secret before it, as long as that';
const NOW = Date.parse('2026-03-02T10:00:00Z') / 1000;
const now = (): Date => new Date(NOW * 1000);
const ANA = 'ana@acme.example';

function tokensWith(settings: Partial<CallBarConfiguration>): CallBarTokens {
  return new CallBarTokens({ ...new CallBarConfiguration(), ...settings }, now);
}

const ours = tokensWith({ secret: SECRET, previousSecret: PREVIOUS });

/** A token with claims that are right unless told. */
function signed(claims: Record<string, unknown> = {}, secret = SECRET, alg = 'HS256'): Promise<string> {
  const all = { aud: 'casewright-callbar', sub: ANA, iat: NOW, exp: NOW + 3600, ...claims };
  return new SignJWT(all).setProtectedHeader({ alg }).sign(Buffer.from(secret));
}

function without(name: string): Record<string, unknown> {
  return { [name]: undefined };
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function verdictOn(token: string, tokens = ours): Promise<string> {
  const verdict = await tokens.verify(`Bearer ${token}`);
  return verdict.ok ? verdict.agent : verdict.code;
}

describe('a token that is signed with our secret', () => {
  it('names the agent, with the secret before too, and an id as well as an address', async () => {
    expect(await verdictOn(await signed())).toBe(ANA);
    expect(await verdictOn(await signed({}, PREVIOUS))).toBe(ANA);
    expect(await verdictOn(await signed({ sub: ' Ana@ACME.example'.trim() }))).toBe(ANA);
    expect(await verdictOn(await signed({ sub: '0199A3C2-6F5E-7C1D-9B7A-2F1F5C0E8D11' }))).toBe(
      '0199a3c2-6f5e-7c1d-9b7a-2f1f5c0e8d11',
    );
  });

  it('of our own making is good, for as long as was said', async () => {
    const issued = await ours.issue(ANA, 600);
    expect(issued?.expiresAt).toBe('2026-03-02T10:10:00.000Z');
    expect(await verdictOn(issued?.token ?? '')).toBe(ANA);
    expect(await tokensWith({}).issue(ANA, 600)).toBeNull();
  });

  it.each([
    ['another secret', () => signed({}, 'a third secret that nobody here has')],
    ['another audience', () => signed({ aud: 'casewright' })],
    ['no audience', () => signed(without('aud'))],
    ['no subject', () => signed(without('sub'))],
    ['an empty subject', () => signed({ sub: '' })],
    ['a subject of two lines', () => signed({ sub: 'ana\nrui' })],
    ['no time of issue', () => signed(without('iat'))],
    ['no end', () => signed(without('exp'))],
    ['a time of issue that is yet to come', () => signed({ iat: NOW + 61, exp: NOW + 600 })],
    ['a life that is too long', () => signed({ exp: NOW + 12 * 3600 + 1 })],
    ['another algorithm of the same kind', () => signed({}, SECRET.repeat(2), 'HS512')],
    ['not before a time that is yet to come', () => signed({ nbf: NOW + 61 })],
  ])('with %s is not believed', async (_, make) => {
    expect(await verdictOn(await make())).toBe('token-invalid');
  });

  it('is over a minute after its end, and not before', async () => {
    expect(await verdictOn(await signed({ iat: NOW - 100, exp: NOW - 59 }))).toBe(ANA);
    expect(await verdictOn(await signed({ iat: NOW - 100, exp: NOW - 61 }))).toBe('token-expired');
    expect(await verdictOn(await signed({ iat: NOW + 59, exp: NOW + 600 }))).toBe(ANA);
  });

  it.each([
    ['no signature', `${encoded({ alg: 'none' })}.${encoded({ sub: ANA })}.`],
    ['none in capitals', `${encoded({ alg: 'NONE' })}.${encoded({ sub: ANA })}.`],
    ['nothing', ''],
    ['two parts', 'a.b'],
    ['no JSON', 'a.b.c'],
  ])('of %s is not believed', async (_, token) => {
    expect(await verdictOn(token)).toBe('token-invalid');
  });

  it('is not looked for anywhere but behind Bearer', async () => {
    const token = await signed();
    expect(await ours.verify(undefined)).toEqual({ ok: false, code: 'token-missing' });
    for (const header of [token, `Basic ${token}`, `Bearer ${token} x`, `Bearer ${'x'.repeat(5000)}`]) {
      expect(await ours.verify(header)).toEqual({ ok: false, code: 'token-invalid' });
    }
    expect(await ours.verify(`bearer  ${token}`)).toEqual({ ok: true, agent: ANA });
  });

  it('is not believed where nothing is set up', async () => {
    expect(await verdictOn(await signed(), tokensWith({}))).toBe('token-invalid');
  });
});

describe('a token of an identity provider', () => {
  let server: Server;
  let jwksUrl: string;
  let isAway = false;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  const issuer = 'https://id.acme.example';
  beforeAll(async () => {
    keys = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' };
    server = createServer((_, response) => {
      response.statusCode = isAway ? 500 : 200;
      response.end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  });
  afterAll(() => void server?.close());

  const theirs = (claims: Record<string, unknown> = {}): Promise<string> =>
    new SignJWT({ aud: 'casewright-callbar', sub: ANA, iat: NOW, exp: NOW + 600, iss: issuer, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .sign(keys.privateKey);

  it('names the agent; of another issuer it is not believed', async () => {
    const tokens = tokensWith({ jwksUrl, issuer });
    expect(await verdictOn(await theirs(), tokens)).toBe(ANA);
    expect(await verdictOn(await theirs({ iss: 'https://evil.example' }), tokens)).toBe('token-invalid');
    expect(await verdictOn(await theirs(without('iss')), tokens)).toBe('token-invalid');
  });

  it('that is signed with the published key as if it were a secret is not believed, nor one that is signed in our way', async () => {
    const tokens = tokensWith({ jwksUrl, issuer });
    const pem = await exportSPKI(keys.publicKey);
    expect(await verdictOn(await signed({ iss: issuer }, pem), tokens)).toBe('token-invalid');
    expect(await verdictOn(await signed({ iss: issuer }), tokens)).toBe('token-invalid');
    expect(await verdictOn(await theirs(), ours)).toBe('token-invalid');
  });

  it('is neither good nor bad while its keys cannot be had', async () => {
    isAway = true;
    expect(await verdictOn(await theirs(), tokensWith({ jwksUrl, issuer }))).toBe('unavailable');
    isAway = false;
  });
});
