import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LIFECYCLES, PROVIDERS } from '#libs/telephony';
import type { Connection } from '#libs/webhook';
import { casewright } from './terminal-of-test.js';

const SECRETS: Readonly<Record<string, string>> = {
  generic: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3',
  zammad: 'a-segment-of-the-address',
  talkdesk: 'a-segment-of-the-address',
  twilio: '0123456789abcdef0123456789abcdef',
};

interface Received {
  readonly target: string;
  readonly body: string;
  readonly verified: boolean;
}

/** A server that believes whoever signs as a connection `main` of the provider is signed to. */
let server: Server;
let url: string;
let received: Received[] = [];

function verified(target: string, rawHeaders: readonly string[], body: Buffer): boolean {
  const name = target.split('/')[2] ?? '';
  const provider = PROVIDERS.find((one) => one.name === name)!;
  const settings = provider.vendor.settingsWith(SECRETS[name]!);
  const connection: Connection = { provider: name, key: 'main', publicUrl: url, settings };
  return provider.verify({ target, rawHeaders, body, receivedAt: Date.now() }, connection).verified;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [target, body] = [request.url ?? '', Buffer.concat(chunks)];
      const isBelieved = verified(target, request.rawHeaders, body);
      received.push({ target, body: body.toString('utf8'), verified: isBelieved });
      response.writeHead(isBelieved ? 200 : 403).end(isBelieved ? '' : 'signature-mismatch \u001b[31m');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void (received = []));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const play = (provider: string, ...words: string[]) =>
  casewright(['play', ...words, '--provider', provider, '--url', url], {
    DATA_DIR: '/nonexistent/casewright',
    CASEWRIGHT_WEBHOOK_SECRET: SECRETS[provider] ?? '',
  });

describe('casewright play', () => {
  it.each(PROVIDERS.map(({ name }) => name))('%s: an answered call, signed as the vendor signs', async (provider) => {
    const { code, output } = await play(provider, 'answered', '--seed', '7');
    expect(code).toBe(0);
    expect(received.length).toBeGreaterThan(1);
    expect(received.every((one) => one.verified)).toBe(true);
    expect(output).toMatch(/^1\. \S+.*: 200\n(.*\n)+Played "answered" as \w+ would, with the seed 7\./);
    expect(received.every(({ target }) => target.startsWith(`/webhooks/${provider}/main`))).toBe(true);
  });

  it('sends the same call again with the same seed, and another one without', async () => {
    const bodies = async (...words: string[]) => {
      received = [];
      await play('zammad', 'missed', ...words);
      return received.map(({ body }) => body);
    };
    const first = await bodies('--seed', '7');
    expect(await bodies('--seed', '7')).toEqual(first);
    expect(await bodies()).not.toEqual(first);
  });

  it('repeats, mixes and waits', async () => {
    const started = performance.now();
    await play('generic', 'transferred', '--repeat', '--shuffle', '--delay', '5ms', '--seed', '3');
    const { length } = received;
    expect(performance.now() - started).toBeGreaterThanOrEqual(5 * (length - 1) - 2);
    const told = received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    expect(new Set(told).size).toBe(7);
    expect(length).toBeGreaterThan(8);
    expect(told[0]).not.toBe('call.started');
  });

  it('takes who calls whom, and who answers', async () => {
    await play(
      'twilio',
      'transferred',
      '--from',
      '+4930123456',
      '--to',
      '+351210000009',
      '--agent',
      'eva@acme.example',
    );
    const [first] = received.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
    expect(first).toMatchObject({ From: '+4930123456', To: '+351210000009', CallStatus: 'ringing' });
    expect(received.map(({ body }) => new URLSearchParams(body).get('To'))).toContain('client:eva');
  });

  it('says what a provider has no event for, and sends nothing', async () => {
    const { code, errors } = await play('zammad', 'missed-voicemail');
    expect({ code, errors }).toEqual({
      code: 2,
      errors: 'zammad has no event for "missed-voicemail": it cannot tell a voicemail: such systems send it by mail.\n',
    });
    expect(received).toEqual([]);
  });

  it('says so when the server does not believe it', async () => {
    const run = await casewright(['play', 'missed', '--provider', 'twilio', '--url', url], {
      DATA_DIR: '/nonexistent/casewright',
      CASEWRIGHT_WEBHOOK_SECRET: 'another token of another account',
    });
    expect(run).toMatchObject({ code: 1, output: expect.stringContaining('403 signature-mismatch \ufffd[31m') });
  });

  it('and the script of the README signs as we believe, with openssl and curl', async () => {
    const script = fileURLToPath(new URL('../../../examples/telephony/send.sh', import.meta.url));
    const file = fileURLToPath(new URL('../../../examples/telephony/generic/missed.json', import.meta.url));
    const env = { PATH: process.env['PATH'], SECRET: SECRETS['generic'] };
    await promisify(execFile)('sh', [script, `${url}/webhooks/generic/main`, file], { env });
    expect(received).toMatchObject([{ verified: true, body: expect.not.stringContaining('2026-03-02') }]);
  });

  it('lists what can be played', async () => {
    const { code, output } = await casewright(['play', '--list']);
    expect(code).toBe(0);
    expect(output.split('\n').filter((line) => line !== '')).toHaveLength(LIFECYCLES.length + 1);
    expect(output).toMatch(/missed-voicemail +● +– +– +●/);
  });

  it.each([
    [['missed'], 'Say as whom'],
    [['lunch', '--provider', 'twilio'], 'Nothing is called "lunch"'],
    [['--provider', 'twilio'], 'Say what to play'],
    [['missed', '--provider', 'twilio', '--delay', 'soon'], '"soon" is no time to wait'],
  ])('%j makes no sense, and is told why', async (words, sentence) => {
    const { code, errors } = await casewright(['play', ...words]);
    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining(sentence) });
  });

  it.each([
    [['missed', '--provider', 'fax', '--url', 'http://127.0.0.1:1'], 'No provider is called "fax"'],
    [['missed', '--provider', 'twilio'], 'No standalone runs here'],
    [['missed', '--provider', 'twilio', '--url', 'http://127.0.0.1:1'], 'has no connection twilio'],
    [['missed', '--provider', 'zammad', '--secret', 'x', '--url', 'http://127.0.0.1:1'], 'cannot be reached'],
  ])('%j fails in one sentence', async (words, sentence) => {
    const { code, errors } = await casewright(['play', ...words], { DATA_DIR: '/nonexistent/casewright' });
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(sentence) });
  });
});
