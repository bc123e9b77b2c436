import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PROVIDERS } from '#libs/telephony';
import type { Connection } from '#libs/webhook';

const EXAMPLES = fileURLToPath(new URL('../../../examples/telephony/', import.meta.url));
const PUBLIC = 'https://hooks.acme.example/in';
const SEGMENT = 'a-segment-of-the-address';

/** What each script is told, and the connection that believes it. */
const TOLD = {
  generic: { SECRET: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3' },
  zammad: { SECRET: SEGMENT },
  talkdesk: { SECRET: SEGMENT, BODY_SECRET: 'a-constant-of-the-template' },
  twilio: { AUTH_TOKEN: '0123456789abcdef0123456789abcdef' },
} as const;
type ProviderName = keyof typeof TOLD;
const PROVIDER_NAMES = Object.keys(TOLD) as ProviderName[];

function connectionOf(name: ProviderName): Connection {
  const { vendor } = PROVIDERS.find((one) => one.name === name)!;
  const told: { readonly SECRET?: string; readonly AUTH_TOKEN?: string; readonly BODY_SECRET?: string } = TOLD[name];
  const settings = { ...vendor.settingsWith(told.SECRET ?? told.AUTH_TOKEN!), bodySecret: told.BODY_SECRET ?? null };
  return { provider: name, key: 'main', publicUrl: PUBLIC, settings };
}

interface Taken {
  readonly verified: boolean;
  readonly reason: string | null;
  readonly body: string;
}

/** A server that stands behind `PUBLIC`. */
let server: Server;
let url: string;
let folder: string;
let taken: Taken[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casewright-forms-'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [target, body] = [request.url ?? '', Buffer.concat(chunks)];
      const name = target.split('/')[2] as ProviderName;
      const provider = PROVIDERS.find((one) => one.name === name)!;
      const { rawHeaders } = request;
      const verification = provider.verify({ target, rawHeaders, body, receivedAt: Date.now() }, connectionOf(name));
      const reason = verification.verified ? null : `${verification.reason} ${verification.detail}`;
      taken.push({ verified: verification.verified, reason, body: body.toString('utf8') });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void (taken = []));
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

/** Has a provider's script send files: as Twilio knows the address, or as we do. */
async function send(name: ProviderName, files: readonly string[], env: object = TOLD[name]): Promise<void> {
  const here = `${url}/webhooks/${name}/main`;
  const address = name === 'twilio' ? `${PUBLIC}/webhooks/twilio/main` : here;
  await promisify(execFile)('sh', [join(EXAMPLES, name, 'sign.sh'), address, ...files], {
    env: { PATH: process.env['PATH'], SEND_TO: here, ...env },
    timeout: 60_000,
  });
}
const examplesOf = async (name: ProviderName): Promise<string[]> =>
  (await readdir(join(EXAMPLES, name)))
    .filter((file) => /\.(json|form)$/.test(file))
    .map((file) => join(EXAMPLES, name, file));

describe('the script of the examples, with openssl and curl alone', () => {
  it('is there for every provider', () => {
    expect(PROVIDERS.map(({ name }) => name).sort()).toEqual([...PROVIDER_NAMES].sort());
  });

  it.each(PROVIDER_NAMES)('of %s signs every example as we believe it, as a call of today', async (name) => {
    const files = await examplesOf(name);
    await send(name, files);
    expect(taken.filter(({ verified }) => !verified)).toEqual([]);
    expect(taken).toHaveLength(files.length);
    expect(taken.map(({ body }) => body).join()).not.toMatch(/2026-03-02T|02\+Mar\+2026/);
  });

  it.each(PROVIDER_NAMES)('of %s is believed by nobody who has another secret', async (name) => {
    const [file = ''] = await examplesOf(name);
    const others = { SECRET: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', AUTH_TOKEN: 'x'.repeat(32) };
    await send(name, [file], { ...TOLD[name], ...others });
    expect(taken).toMatchObject([{ verified: false, reason: expect.stringMatching(/mismatch/) }]);
  });

  it('of Talkdesk says what the body says, and leaves it alone where the connection has no constant', async () => {
    const [file = ''] = await examplesOf('talkdesk');
    await send('talkdesk', [file], { SECRET: SEGMENT });
    expect(taken).toMatchObject([{ verified: false, reason: expect.stringContaining('casewright_secret') }]);
    expect(JSON.parse(taken[0]!.body)).toEqual(JSON.parse(await readFile(file, 'utf8')));
  });

  it.each([
    [
      'letters of several bytes, and what separates fields',
      'To=%2B351&From=Jo%C3%A3o+%26+co&CallSid=C%3D1%25&X=%f0%9f%98%80',
    ],
    ['a name that begins as another does', 'Digits1=a&Digits=b&Digits10=c&DigitsA=d&Called=e&CalledCity=f'],
    ['values of one name, twice and in any order', 'A=2&A=1&A=2&B=x&A='],
    ['fields without a value and without a sign', 'Empty=&Bare&CallSid=CA1'],
    ['a line that is broken, and blanks around it', 'Text=+a%0D%0Ab+&CallSid=CA1'],
    ['signs that a shell would read', 'T=%24%28id%29%60x%60%5C%22%27%5Cn&CallSid=CA1'],
  ])('of Twilio signs forms with %s', async (_, form) => {
    const file = join(folder, 'form');
    await writeFile(file, form);
    await send('twilio', [file]);
    expect(taken).toEqual([{ verified: true, reason: null, body: form }]);
  });
});
