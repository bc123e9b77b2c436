import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ConfigurationError } from '../configuration-error.js';
import type { ImapConfiguration } from './imap-configuration.js';
import { loadConfiguration } from '../load-configuration.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'casewright-mailbox-configuration-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(imap: object): Promise<ImapConfiguration | null | undefined> {
  const file = path.join(folder, 'casewright.yml');
  const whole = { host: 'imap.acme.example', user: 'support@acme.example', ...imap };
  const mailboxes = [{ address: 'support@acme.example', group: 'Support', imap: whole }];
  await writeFile(file, JSON.stringify({ mailboxes, groups: [{ name: 'Support' }] }));
  return loadConfiguration({ CASEWRIGHT_CONFIG: file }).mailboxes[0]?.imap;
}

async function problemsOf(imap: object): Promise<Record<string, string>> {
  const error: unknown = await load(imap).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigurationError)) {
    throw new Error('it was accepted');
  }
  return Object.fromEntries(error.problems.map((one) => [one.path.replace('mailboxes[0].imap', 'imap'), one.problem]));
}

describe('the protection of a connection', () => {
  it.each([
    [{}, 'implicit'],
    [{ port: 993 }, 'implicit'],
    [{ port: 143 }, 'starttls'],
    [{ port: 143, tls: 'none' }, 'none'],
    [{ port: 993, tls: 'starttls' }, 'starttls'],
  ])('of %j is %s', async (imap, tls) => {
    expect(await load({ password: 'p', ...imap })).toMatchObject({ tls });
  });

  it('is never given up by a mistake', async () => {
    expect(await problemsOf({ password: 'p', tls: false })).toEqual({
      'imap.tls': expect.stringContaining('starttls'),
    });
    expect(await problemsOf({ password: 'p', secure: true })).toEqual({
      'imap.secure': expect.stringContaining('tls: implicit'),
    });
  });
});

describe('the login of a mailbox', () => {
  const application = { provider: 'microsoft365', tenant: 'acme.example', clientId: 'c', clientSecret: 's' };
  const person = { provider: 'google', clientId: 'c', clientSecret: 's', refreshToken: 'r' };

  it.each([
    [application],
    [{ ...application, tokenUrl: 'https://login.example/token', clientSecretExpiresAt: '2027-01-31' }],
    [{ ...person, tokenUrl: 'http://127.0.0.1:8080/token' }],
    [{ provider: 'google', serviceAccountFile: '/etc/casewright/google.json' }],
  ])('takes %j', async (oauth2) => {
    expect(await load({ oauth2 })).toMatchObject({ oauth2 });
  });

  it.each<[object, Record<string, unknown>]>([
    [{}, { 'imap.password': 'is missing' }],
    [{ password: 'p', oauth2: application }, { 'imap.password': expect.stringContaining('oauth2') }],
    [{ oauth2: { ...application, tenant: '' } }, { 'imap.oauth2.tenant': expect.stringContaining('longer') }],
    [
      { oauth2: { provider: 'google', clientId: 'c' } },
      { 'imap.oauth2.clientSecret': 'is missing', 'imap.oauth2.refreshToken': 'is missing' },
    ],
    [{ oauth2: { ...person, tenant: 't' } }, { 'imap.oauth2.tenant': expect.stringContaining('of no use') }],
    [
      { oauth2: { provider: 'google', serviceAccountFile: '/x', clientSecretExpiresAt: '2027-01-31' } },
      { 'imap.oauth2.clientSecretExpiresAt': 'is of no use beside a service account' },
    ],
    [{ oauth2: { provider: 'yahoo' } }, { 'imap.oauth2.provider': expect.stringContaining('microsoft365') }],
    [
      { oauth2: { ...person, clientSecretExpiresAt: 'soon' } },
      { 'imap.oauth2.clientSecretExpiresAt': expect.any(String) },
    ],
    [
      { oauth2: { ...person, tokenUrl: 'http://login.example/' } },
      { 'imap.oauth2.tokenUrl': 'must be an https address' },
    ],
    [{ oauth2: { ...person, tokenUrl: 'ftp://x' } }, { 'imap.oauth2.tokenUrl': expect.stringContaining('URL') }],
    [{ oauth2: application, password: 5 }, { 'imap.password': 'must be a string' }],
  ])('refuses %j by its path', async (imap, problems) => {
    expect(await problemsOf(imap)).toMatchObject(problems);
  });
});
