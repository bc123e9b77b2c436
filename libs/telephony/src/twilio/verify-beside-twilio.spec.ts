import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as vendor from 'twilio/lib/webhooks/webhooks.js';
import { type FormFields, NO_FIELDS, readForm } from '#libs/webhook';
import { aRequest, PUBLIC_URL, settingsOf, twilioSender } from '../testing/signed-requests.js';
import { TwilioSettings } from './settings.js';
import { twilioSignature } from './signature.js';
import { verifyTwilio } from './verify.js';

interface Vector {
  readonly name: string;
  readonly address: string;
  readonly body?: string;
  readonly json?: string;
  readonly signature: string;
}
interface OwnVector {
  readonly secret: string;
  readonly address: string;
  readonly body: string;
  readonly signature: string;
}
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as unknown;
const published = (read('published-vectors') as { twilio: { secret: string; vectors: Vector[] } }).twilio;
const own = read('own-vectors') as { twilioForm: OwnVector; twilioJson: OwnVector };

const FORM = 'application/x-www-form-urlencoded';

/** Whether a request is believed that was signed like this. */
function isBelieved(
  address: string,
  { secret, type, body, signature }: { secret: string; type: string; body: string; signature: string },
): boolean {
  const [, publicUrl = '', target = ''] = /^([a-z]+:\/\/[^/?#]*)(.*)$/s.exec(address) ?? [];
  const settings = settingsOf(TwilioSettings, { authToken: secret, accountSid: 'AC1' });
  const connection = { provider: 'twilio', key: 'main', publicUrl, settings };
  const headers = { 'content-type': type, 'x-twilio-signature': signature };
  return verifyTwilio(aRequest(target, { headers, body }), connection).verified;
}

describe('vectors', () => {
  it.each(published.vectors)('of the vendor: $name', ({ address, body, json, signature }) => {
    const sent = { secret: published.secret, type: json === undefined ? FORM : 'application/json', signature };
    expect(isBelieved(address, { ...sent, body: json ?? body ?? '' })).toBe(true);
    expect(isBelieved(`${address}&more=1`, { ...sent, body: json ?? body ?? '' })).toBe(false);
    expect(isBelieved(address, { ...sent, body: `${json ?? body ?? ''}&more=1` })).toBe(false);
  });

  it('of openssl', () => {
    expect(isBelieved(own.twilioForm.address, { ...own.twilioForm, type: FORM })).toBe(true);
    expect(isBelieved(own.twilioJson.address, { ...own.twilioJson, type: 'application/json' })).toBe(true);
  });
});

/** Letters that make trouble: several bytes, half of an escape, what separates fields, and nothing. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', ' ', '+', '%', '%2B', '&', '=', '?', "It's", 'João', '😀', 'a\r\nb', '\u0000', '  two  '),
);
const fields = fc.array(fc.tuple(text, text), { maxLength: 8 }).map((pairs) => new URLSearchParams(pairs).toString());
const host = fc.constantFrom(
  'hooks.acme.example',
  'hooks.acme.example:443',
  'hooks.acme.example:8443',
  '[2001:db8::1]',
);
const query = fc.oneof(
  fc.constant(''),
  fields.map((one) => `?${one}`),
  fc.constantFrom("?a=It's+it", '?a=%c3%a9&b', '?', '?a=é'),
);
const address = fc.tuple(host, query).map(([name, rest]) => `https://${name}/webhooks/twilio/main/calls${rest}`);
const json = fc.json({ maxDepth: 3 });
const token = fc.string({ minLength: 1, maxLength: 40 });

/** As the vendor's package wants its parameters. */
function parametersOf(form: FormFields): Record<string, string | string[]> {
  const entries = [...form].map(([name, values]) => [name, values.length === 1 ? values[0]! : [...values]] as const);
  return Object.fromEntries(entries);
}

const runs = { numRuns: 500 };

describe('beside the package of the vendor', () => {
  it('believes what it signs: forms', () => {
    fc.assert(
      fc.property(address, fields, token, (to, body, secret) => {
        const parameters = parametersOf(readForm(Buffer.from(body)));
        const signature = vendor.getExpectedTwilioSignature(secret, to, parameters);
        expect(isBelieved(to, { secret, type: FORM, body, signature })).toBe(true);
        expect(isBelieved(to, { secret: `${secret}x`, type: FORM, body, signature })).toBe(false);
      }),
      runs,
    );
  });

  it('believes what it signs: JSON', () => {
    fc.assert(
      fc.property(address, json, token, (base, body, secret) => {
        const to = `${base}${base.includes('?') ? '&' : '?'}bodySHA256=${vendor.getExpectedBodyHash(body)}`;
        const signature = vendor.getExpectedTwilioSignature(secret, to, {});
        expect(isBelieved(to, { secret, type: 'application/json', body, signature })).toBe(true);
        expect(isBelieved(to, { secret, type: 'application/json', body: `${body} `, signature })).toBe(false);
      }),
      runs,
    );
  });

  it('is believed by it: forms', () => {
    fc.assert(
      fc.property(address, fields, token, (to, body, secret) => {
        const form = readForm(Buffer.from(body));
        const signature = twilioSignature(secret, to, form);
        expect(vendor.validateRequest(secret, signature, to, parametersOf(form))).toBe(true);
      }),
      runs,
    );
  });

  it('is believed by it: JSON', () => {
    fc.assert(
      fc.property(address, json, token, (base, body, secret) => {
        const hash = createHash('sha256').update(body).digest('hex');
        const to = `${base}${base.includes('?') ? '&' : '?'}bodySHA256=${hash}`;
        const signature = twilioSignature(secret, to, NO_FIELDS);
        expect(vendor.validateRequestWithBody(secret, signature, to, body)).toBe(true);
      }),
      runs,
    );
  });
});

describe('verifyTwilio', () => {
  it('believes the token before, while it is changed', () => {
    const before = 'fedcba9876543210fedcba9876543210';
    const { connection, send } = twilioSender('form', { previousSecret: before });
    expect(verifyTwilio(send(), connection).verified).toBe(true);
    expect(verifyTwilio(send({ secret: before }), connection).verified).toBe(true);
  });

  it('believes a shared key, which signs with SHA-256', () => {
    const { connection, send, sending } = twilioSender();
    const request = send();
    const signature = twilioSignature(sending.secret, PUBLIC_URL + request.target, readForm(request.body), 'sha256');
    const named = ['X-Twilio-Webhooks-Signature-Settings', 'key=webhooks_sharedkey_1,algorithm=HMAC_SHA256'];
    const rawHeaders = ['content-type', FORM, 'x-twilio-signature', signature, ...named];
    expect(verifyTwilio({ ...request, rawHeaders }, connection).verified).toBe(true);
  });

  it('F1 a proxy that speaks plain HTTP to us changes nothing; the address is told when a signature is wrong', () => {
    const { connection, send } = twilioSender();
    const proxied = ['Host', 'casewright:3000', 'X-Forwarded-Proto', 'http'];
    const request = send();
    expect(verifyTwilio({ ...request, rawHeaders: [...request.rawHeaders, ...proxied] }, connection)).toEqual({
      verified: true,
      address: 'https://hooks.acme.example/webhooks/twilio/main/calls?tenant=1',
    });
    expect(verifyTwilio(send({ publicUrl: 'https://evil.example' }), connection)).toMatchObject({
      reason: 'signature-mismatch',
      address: 'https://hooks.acme.example/webhooks/twilio/main/calls?tenant=1',
    });
    // A request line may name a whole address (RFC 9112 §3.2.2).
    expect(verifyTwilio({ ...request, target: `http://evil.example${request.target}` }, connection).verified).toBe(
      true,
    );
  });

  it('believes no body that nothing signs, whatever it says of its type', () => {
    const { connection, send } = twilioSender();
    const signed = send({ body: '' });
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
      const rawHeaders = signed.rawHeaders.map((one) => (one === FORM ? type : one));
      const request = { ...signed, rawHeaders, body: Buffer.from('{"CallSid":"CA1"}') };
      expect(verifyTwilio(request, connection).verified).toBe(false);
    }
  });
});
