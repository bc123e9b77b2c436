import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import type { Trust } from '#libs/interaction';
import { PATIENCE_MS } from '#libs/testing';
import { trustOf } from '../rules/trust/trust-of.js';
import { verifySender, type SessionFacts } from './verify-sender.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const PUBLISHED = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const BODY = 'The lamp does not light.\r\n';
const SESSION: SessionFacts = {
  clientAddress: '192.0.2.1',
  greeting: 'mail.customer.example',
  envelopeFrom: 'maria@customer.example',
};
const RECORDS: Readonly<Record<string, string>> = {
  'k1._domainkey.customer.example': `v=DKIM1; k=rsa; p=${PUBLISHED}`,
  'k1._domainkey.esp.example': `v=DKIM1; k=rsa; p=${PUBLISHED}`,
  '_dmarc.customer.example': 'v=DMARC1; p=reject',
  'customer.example': 'v=spf1 ip4:192.0.2.1 -all',
};

function mailFrom(address: string, more = ''): string {
  return `From: <${address}>\r\nTo: <support@acme.example>\r\nSubject: Lamp\r\nDate: Mon, 02 Mar 2026 10:15:00 +0000\r\n${more}\r\n${BODY}`;
}

async function signed(mail: string, domain = 'customer.example', extra: object = {}): Promise<Buffer> {
  const key = { signingDomain: domain, selector: 'k1', privateKey: KEY };
  const { signatures } = await dkimSign(mail, { ...key, signatureData: [{ ...key, ...extra }] });
  return Buffer.from(signatures + mail);
}

type Dns = (name: string, type: string) => Promise<string[][]>;
const published: Dns = async (name, type) => {
  const record = type === 'TXT' ? RECORDS[name] : undefined;
  if (record === undefined) {
    throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
  }
  return [[record]];
};
const silent: Dns = () => new Promise(() => undefined);
const broken: Dns = () => Promise.reject(Object.assign(new Error('DNS'), { code: 'ESERVFAIL' }));

async function trust(mail: Buffer, session: SessionFacts | null, resolver: Dns = published): Promise<Trust> {
  const own = await verifySender(mail, session, { resolver, timeLimitMs: resolver === silent ? 300 : PATIENCE_MS });
  const address = /^From: <(.*)>/m.exec(mail.toString())?.[1] ?? '';
  return trustOf({ flags: [], from: [{ name: '', address }], signals: {}, trace: [] }, null, own);
}

describe('our own verification of a sender', () => {
  it('proves a signature of the sender’s domain', async () => {
    const { verdict, reason, checks } = await trust(await signed(mailFrom('maria@customer.example')), null);
    expect([verdict, reason]).toEqual(['pass', 'our own check: DMARC passed for customer.example']);
    expect(checks).toEqual(['dkim=pass customer.example', 'dmarc=pass customer.example']);
  });

  it('proves by SPF where the session is known', async () => {
    expect((await trust(Buffer.from(mailFrom('maria@customer.example')), SESSION)).verdict).toBe('pass');
    const elsewhere = { ...SESSION, clientAddress: '198.51.100.7' };
    expect((await trust(Buffer.from(mailFrom('maria@customer.example')), elsewhere)).verdict).toBe('fail');
  });

  it('does not call it failed that only SPF could have proven', async () => {
    const { verdict, reason } = await trust(Buffer.from(mailFrom('maria@customer.example')), null);
    expect([verdict, reason]).toEqual(['unknown', 'our own check: nothing proves customer.example']);
  });

  it.each([
    ['a body that was changed', async () => edited(await signed(mailFrom('maria@customer.example')), 'lamp', 'bomb')],
    [
      'a sender that was changed',
      async () => edited(await signed(mailFrom('maria@customer.example')), 'maria@', 'ana@'),
    ],
    ['a signature of another domain', () => signed(mailFrom('maria@customer.example'), 'esp.example')],
    ['a key that nobody published', () => signed(mailFrom('maria@customer.example'), 'unknown.example')],
  ])('does not believe %s', async (_, mail) => {
    expect((await trust(await mail(), null)).verdict).toBe('unknown');
    expect((await trust(await mail(), { ...SESSION, clientAddress: '198.51.100.7' })).verdict).toBe('fail');
  });

  it('does not believe words after the signed ones', async () => {
    const whole = await beginningSigned();
    expect(whole.toString()).toMatch(/ l=\d+;/);
    expect((await trust(whole, null)).verdict).toBe('pass');
    expect((await trust(Buffer.concat([whole, Buffer.from('Pay me.\r\n')]), null)).verdict).toBe('unknown');
  });

  it.each([
    ['is silent', silent, 'DNS did not answer in time'],
    ['fails', broken, 'DNS did not answer'],
  ])('knows nothing when DNS %s, and does not wait for it', async (_, resolver, why) => {
    const mail = await signed(mailFrom('maria@customer.example'));
    const startedAt = performance.now();
    expect(await trust(mail, SESSION, resolver)).toEqual({
      verdict: 'unknown',
      reason: `our own check could not be made: ${why}`,
    });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('asks nobody about a mail with very many signatures', async () => {
    let questions = 0;
    const counting: Dns = (name, type) => ((questions += 1), published(name, type));
    const one = (await signed(mailFrom('maria@customer.example'))).toString();
    const signature = one.slice(0, one.indexOf('From: '));
    const { verdict } = await trust(Buffer.from(signature.repeat(50) + one), SESSION, counting);
    expect([verdict, questions]).toEqual(['unknown', 0]);
  });
});

function edited(mail: Buffer, from: string, to: string): Buffer {
  return Buffer.from(mail.toString().replace(from, to));
}

/** Signed with `l=`: the length of the body so far. */
function beginningSigned(): Promise<Buffer> {
  return signed(mailFrom('maria@customer.example'), 'customer.example', { maxBodyLength: BODY.length });
}
