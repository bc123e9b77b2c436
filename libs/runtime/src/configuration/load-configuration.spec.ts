import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ConfigurationError } from './configuration-error.js';
import { loadConfiguration } from './load-configuration.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'casewright-configuration-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function load(yaml: string, environment: Record<string, string> = {}) {
  const file = path.join(folder, 'casewright.yml');
  await writeFile(file, yaml);
  return loadConfiguration({ CASEWRIGHT_CONFIG: file, ...environment });
}

async function problemsOf(yaml: string, environment: Record<string, string> = {}): Promise<Record<string, string>> {
  try {
    await load(yaml, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return Object.fromEntries(error.problems.map(({ path: at, problem }) => [at, problem]));
    }
    throw error;
  }
  return {};
}

describe('loadConfiguration', () => {
  it('limits how often a client may ask, more or less or not at all', async () => {
    expect(loadConfiguration({}).rateLimit).toEqual({ quota: 6_000, window: 60 });
    expect((await load('rateLimit: { quota: 10 }')).rateLimit).toEqual({ quota: 10, window: 60 });
    expect((await load('rateLimit: off')).rateLimit.quota).toBe(0);
    expect(await problemsOf('rateLimit: on')).toHaveProperty(['rateLimit']);
    expect(await problemsOf('rateLimit: { window: 0 }')).toHaveProperty(['rateLimit.window']);
  });

  it('works without a file', () => {
    const configuration = loadConfiguration({});
    expect(configuration).toMatchObject({
      account: { name: 'Casewright', timeZone: 'UTC', defaultGroup: 'Support', resolvedAutoCloseDays: 5 },
      groups: [{ name: 'Support', strategy: 'manual', keepOwnerOnReopen: true }],
      mailboxes: [{ address: 'support@casewright.localhost', group: 'Support' }],
      port: 3000,
      host: '127.0.0.1',
      smtp: { host: '127.0.0.1', port: 2525, maxMessageBytes: 157_286_400, maxConnectionsPerPeer: 20 },
      kafka: { brokers: [], topicPrefix: '' },
      databaseUrl: null,
      file: null,
    });
    expect(configuration.blobUrl).toBe(path.resolve('data/blobs'));
  });

  it('reads a file with every part, secrets from the environment', async () => {
    const configuration = await load(
      `
account: { name: Acme, timeZone: Europe/Lisbon, defaultCountry: PT, resolvedAutoCloseDays: null, autoCreate: [email] }
apiKeys: [ { name: ops, key: \${OPS_KEY}, scopes: [cases:read, cases:write] } ]
mailboxes:
  - address: support@acme.example
    group: Support
    imap: { host: imap.acme.example, user: u, password: "\${MAIL_PASSWORD}", afterImport: { moveTo: Processed } }
telephony:
  - { provider: twilio, key: main, authToken: \${OPS_KEY}, numbers: [ { number: "+351210000000", group: Sales } ] }
callbar: { secret: "\${OPS_KEY}", allowedOrigins: [https://crm.acme.example] }
agents: [ { email: ana@acme.example, name: Ana, groups: [Support], extension: "201" } ]
groups: [ { name: Support, strategy: round_robin }, { name: Sales, strategy: least_open } ]
kafka: { brokers: [one:9092], sasl: { mechanism: scram-sha-512, username: u, password: p } }
`,
      {
        OPS_KEY: 'a-key-of-some-length-that-is-not-guessed',
        MAIL_PASSWORD: 'x{}"y',
        KAFKA_BROKERS: 'a:1, b:2',
        SMTP_PORT: '0',
        SMTP_HOST: '0.0.0.0',
        HTTP_HOST: '::',
      },
    );
    expect(configuration.account).toMatchObject({ name: 'Acme', resolvedAutoCloseDays: null, defaultGroup: 'Support' });
    expect(configuration.account.autoCreate).toEqual(['email']);
    expect(configuration.apiKeys[0]?.key).toBe('a-key-of-some-length-that-is-not-guessed');
    expect(configuration.mailboxes[0]?.imap).toMatchObject({ port: 993, password: 'x{}"y', folder: 'INBOX' });
    expect(configuration.telephony[0]).toMatchObject({
      provider: 'twilio',
      authToken: 'a-key-of-some-length-that-is-not-guessed',
    });
    expect(configuration.kafka.brokers).toEqual(['a:1', 'b:2']);
    expect(configuration.smtp).toMatchObject({ port: 0, host: '0.0.0.0' });
    expect(configuration.host).toBe('::');
  });

  it('lists every problem by its path', async () => {
    const problems = await problemsOf(
      `
account: { name: "", timezone: Europe/Lisbon, timeZone: Mars/Base }
acount: {}
apiKeys: [ { name: ops, key: \${OPS_KEY}, scopes: [] } ]
mailboxes: [ { address: nobody, group: Support, imap: { host: h, user: u } } ]
groups: [ { name: Support, strategy: random } ]
`,
    );
    expect(problems).toEqual({
      'apiKeys[0].key': 'the environment variable OPS_KEY is not set',
      'account.name': expect.stringContaining('longer than or equal to 1'),
      'account.timeZone': expect.stringContaining('IANA'),
      'account.timezone': 'is not a known setting; did you mean timeZone?',
      acount: 'is not a known setting; did you mean account?',
      'apiKeys[0].scopes': 'should not be empty',
      'mailboxes[0].address': 'must be an email',
      'mailboxes[0].imap.password': 'is missing',
      'groups[0].strategy': expect.stringContaining('round_robin'),
    });
  });

  it('checks what the parts say about one another', async () => {
    const problems = await problemsOf(`
account: { defaultGroup: Suport, reopenPolicy: window }
mailboxes: [ { address: A@x.example, group: Support }, { address: a@x.example, group: Other } ]
agents: [ { email: a@x.example, name: A, groups: [Nowhere] } ]
groups: [ { name: Support } ]
apiKeys:
  - { name: desk, key: ${'x'.repeat(32)}, scopes: [impersonate], allowedAgents: [A@x.example, b@x.example] }
smtp: { certificateFile: /x.pem }
`);
    expect(problems).toEqual({
      'account.defaultGroup': 'there is no group of this name; did you mean Support?',
      'account.reopenWindowDays': 'is missing; the policy `window` needs it',
      'mailboxes[1].group': 'there is no group of this name (groups: Support)',
      'mailboxes[1].address': 'is the same as mailboxes[0].address',
      'agents[0].groups[0]': 'there is no group of this name (groups: Support)',
      'apiKeys[0].allowedAgents[1]': 'is the address of no agent of this file',
      smtp: 'certificateFile and keyFile are needed together',
    });
  });

  it('refuses a key that somebody might guess, and names the place of every other', async () => {
    const keyed = (key: string): string => `apiKeys: [ { name: ops, key: ${key}, scopes: [cases:read] } ]`;
    expect(await problemsOf(keyed('x'.repeat(31)))).toEqual({
      'apiKeys[0].key': expect.stringContaining('32 characters'),
    });
    expect((await load(keyed('x'.repeat(32)))).apiKeys).toMatchObject([{ name: 'ops', place: 'apiKeys[0]' }]);
  });

  it('never quotes a value, which may be a secret', async () => {
    const secret = 'hunter2!';
    for (const yaml of [
      `callbar: { secret: ${secret} }`,
      `callbar: { secret: ${secret}`,
      `callbar: { ${secret}: x, y`,
    ]) {
      await expect(load(yaml)).rejects.not.toThrow(secret.slice(0, 6));
      await expect(load(yaml)).rejects.toThrow(ConfigurationError);
    }
  });

  it.each([
    ['{ secret: x }', 'callbar.secret'],
    [`{ secret: ${'x'.repeat(31)} }`, 'callbar.secret'],
    [`{ previousSecret: ${'x'.repeat(32)} }`, 'callbar.secret'],
    [`{ secret: ${'x'.repeat(32)}, previousSecret: ${'x'.repeat(32)} }`, 'callbar.previousSecret'],
    [`{ secret: ${'x'.repeat(32)}, jwksUrl: https://id.example/keys, issuer: id }`, 'callbar.jwksUrl'],
    ['{ jwksUrl: http://id.example/keys, issuer: id }', 'callbar.jwksUrl'],
    ['{ jwksUrl: https://id.example/keys }', 'callbar.issuer'],
    ['{ issuer: id }', 'callbar.jwksUrl'],
    ['{ allowedOrigins: ["*"] }', 'callbar.allowedOrigins'],
    ['{ allowedOrigins: ["null"] }', 'callbar.allowedOrigins'],
    ['{ allowedOrigins: [https://crm.acme.example/] }', 'callbar.allowedOrigins'],
    ['{ allowedOrigins: ["https://*.acme.example"], algorithms: [none] }', 'callbar.algorithms'],
    ['{ maxTokenHours: 25 }', 'callbar.maxTokenHours'],
  ])('refuses callbar: %s by its path', async (callbar, at) => {
    expect(Object.keys(await problemsOf(`callbar: ${callbar}`))).toContain(at);
  });

  it.each([
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: 'http' }, 'PORT'],
    [{ KAFKA_BROKERS: 'broker' }, 'KAFKA_BROKERS'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ CASEWRIGHT_CONFIG: '/nowhere/casewright.yml' }, 'CASEWRIGHT_CONFIG'],
  ])('refuses %p by its name', (environment, name) => {
    expect(() => loadConfiguration(environment)).toThrow(new RegExp(`^ {2}${name}: `, 'm'));
  });

  it('takes an empty file, and an empty variable as not set', async () => {
    const configuration = await load('', { PORT: '', TOPIC_PREFIX: '' });
    expect(configuration).toMatchObject({ port: 3000, mailboxes: [], groups: [{ name: 'Support' }] });
  });

  it('cannot be changed afterwards', () => {
    const { kafka, mailboxes } = loadConfiguration({});
    expect(() => Object.assign(kafka, { clientId: 'other' })).toThrow(TypeError);
    expect(() => Object.assign(mailboxes[0] ?? {}, { group: 'other' })).toThrow(TypeError);
  });
});
