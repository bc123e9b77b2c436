import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { checkInteraction, issueCaseToken, type Interaction } from '#libs/interaction';
import { normalise, type Delivery, type NormaliseSettings } from './normalise.js';
import { memoryParts, sourceOfBytes } from './parse/memory-parts.js';
import { parseMail } from './parse/parse-mail.js';

const accountId = '0f4f7f0e-5f7b-5c53-9f6a-4b1c2d3e4f50';
const caseId = '01939b5e-7c2a-7000-8000-00000000abcd';
const tokenSecret = 'a secret of the tests';
const token = issueCaseToken(accountId, caseId, tokenSecret);
const forged = issueCaseToken(accountId, caseId, 'a secret of somebody else');
const receivedAt = new Date('2026-03-02T11:30:00.000Z');

async function normalised(
  mail: string | Buffer,
  delivery: Partial<Delivery> = {},
  settings: Partial<NormaliseSettings> = {},
): Promise<Interaction> {
  const bytes = Buffer.isBuffer(mail) ? mail : await readFile(new URL(`./fixtures/${mail}.eml`, import.meta.url));
  const payload = await parseMail(sourceOfBytes(bytes), memoryParts());
  return normalise(
    payload,
    {
      provider: 'smtp',
      mailbox: 'support@acme.example',
      receivedAt,
      envelopeFrom: 'maria@customer.example',
      envelopeRecipients: ['support@acme.example'],
      raw: null,
      ...delivery,
    },
    { accountId, tokenSecret, trustedAuthservId: 'mx.acme.example', ...settings },
  );
}

const write = (headers: string, text = 'text') =>
  Buffer.from(`From: maria@customer.example\r\nMessage-ID: <own@customer.example>\r\n${headers}\r\n\r\n${text}\r\n`);

describe('an ordinary mail', () => {
  it('becomes an interaction that keeps the contract', async () => {
    const interaction = await normalised('plain');
    expect(checkInteraction(JSON.parse(JSON.stringify(interaction)))).toMatchObject({ ok: true });
    expect(interaction).toMatchObject({
      channel: 'email',
      provider: 'smtp',
      conversationKey: `${accountId}|email|lamp-1@customer.example`,
      handling: 'ordinary',
      occurredAt: '2026-03-02T10:15:00.000Z',
      receivedAt: '2026-03-02T11:30:00.000Z',
      endpoint: { kind: 'mailbox', address: 'support@acme.example' },
      sender: { kind: 'email', value: 'maria@customer.example', name: 'Maria Silva' },
      recipients: [{ kind: 'email', value: 'support@acme.example', role: 'to' }],
      automatic: null,
      references: [],
      threadKeys: [{ kind: 'message_id', value: 'lamp-1@customer.example' }],
      flags: [],
    });
  });

  it('has one id in every mailbox and on every way, and another with another body', async () => {
    const mail = 'Subject: s\r\nTo: support@acme.example';
    const direct = await normalised(write(mail));
    const forwarded = await normalised(write(`Received: from gmail\r\nX-Forwarded-To: x@y.example\r\n${mail}`), {
      mailbox: 'sales@acme.example',
      provider: 'imap',
    });
    const reused = await normalised(write(mail, 'other text'));
    expect(forwarded.id).toBe(direct.id);
    expect(reused.id).not.toBe(direct.id);
  });

  it('spells addresses in one way', async () => {
    const { sender } = await normalised('idna-address');
    expect(sender.value).toBe('müller@xn--bcher-kva.example');
  });

  it('flattens groups', async () => {
    const { recipients } = await normalised('group-recipients');
    expect(recipients.map(({ value, role }) => `${role} ${value}`)).toEqual([
      'to a@acme.example',
      'to b@acme.example',
      'to support@acme.example',
    ]);
  });
});

describe('scenarios 36-39: where a mail belongs', () => {
  it('names In-Reply-To before References, newest first, and the root as key', async () => {
    const interaction = await normalised('reply');
    expect(interaction.references).toEqual([
      { kind: 'message_id', value: 'lamp-1@customer.example', via: 'in_reply_to' },
      { kind: 'message_id', value: 'lamp-0@customer.example', via: 'references' },
      { kind: 'message_id', value: 'root-0@customer.example', via: 'references' },
    ]);
    expect(interaction.conversationKey).toBe(`${accountId}|email|root-0@customer.example`);
  });

  it('follows References alone', async () => {
    const { references } = await normalised('references-only');
    expect(references.map(({ value }) => value)).toEqual(['lamp-1@customer.example', 'root-0@customer.example']);
  });

  it('keeps 100 of 300 References: the newest 90 and the oldest 10', async () => {
    const { references } = await normalised('many-references');
    expect(references).toHaveLength(100);
    expect([references[0]?.value, references[89]?.value, references[90]?.value, references[99]?.value]).toEqual([
      'ref-299@customer.example',
      'ref-210@customer.example',
      'ref-9@customer.example',
      'ref-0@customer.example',
    ]);
  });

  it.each([
    ['a recipient of the header', write(`To: Support <support+${token}@acme.example>`), {}, 'recipient_token'],
    [
      'a recipient of the envelope',
      write(''),
      { envelopeRecipients: [`s+${token.toUpperCase()}@acme.example`] },
      'recipient_token',
    ],
    ['a Message-ID of ours', write(`In-Reply-To: <x.${token}@acme.example>`), {}, 'message_id_token'],
    ['the subject', write(`Subject: Re: [${token}] lamp`), {}, 'text_token'],
    ['the text', write('', `> write to support+${token}@acme.example`), {}, 'text_token'],
  ])('trusts a signed token in %s', async (_place, mail, delivery, via) => {
    const interaction = await normalised(mail, delivery);
    expect(interaction.references[0]).toEqual({ kind: 'case', value: caseId, via });
    expect(interaction.flags).not.toContain('forged_token');
  });

  it('names a case once, by its strongest evidence', async () => {
    const mail = write(`To: s+${token}@acme.example\r\nSubject: ${token}\r\nIn-Reply-To: <a@b.example>`);
    const { references } = await normalised(mail);
    expect(references).toEqual([
      { kind: 'case', value: caseId, via: 'recipient_token' },
      { kind: 'message_id', value: 'a@b.example', via: 'in_reply_to' },
    ]);
  });

  it.each([write(`To: s+${forged}@acme.example`), write(`In-Reply-To: <${forged}@acme.example>`), write('', forged)])(
    'follows no forged token and says so',
    async (mail) => {
      const interaction = await normalised(mail);
      expect(interaction.references.filter(({ kind }) => kind === 'case')).toEqual([]);
      expect(interaction.flags).toContain('forged_token');
    },
  );
});

describe('scenarios 30-33: automatic mail', () => {
  it.each([
    ['bounce', 'bounce_hard', 'attach_only'],
    ['bounce-delayed', 'bounce_soft', 'attach_only'],
    ['bounce-plain', 'bounce_soft', 'attach_only'],
    ['read-receipt', 'receipt', 'attach_only'],
    ['abuse-report', 'abuse_report', 'attach_only'],
    ['out-of-office', 'out_of_office', 'attach_only'],
    ['notification', 'notification', 'ordinary'],
    ['mailing-list', 'list', 'ordinary'],
  ])('%s is %s, %s', async (fixture, expected, handling) => {
    const interaction = await normalised(fixture);
    expect([interaction.automatic?.class, interaction.handling]).toEqual([expected, handling]);
    expect(checkInteraction(JSON.parse(JSON.stringify(interaction)))).toMatchObject({ ok: true });
  });

  it.each([
    ['X-Autoreply: yes', 'auto_reply'],
    ['Precedence: auto_reply', 'auto_reply'],
    ['Auto-Submitted: auto-generated\r\nIn-Reply-To: <out@acme.example>', 'auto_reply'],
    ['Return-Path: <>', 'auto_reply'],
    ['X-Auto-Response-Suppress: All\r\nSubject: Out of Office: lamp', 'out_of_office'],
    ['X-Casewright-Loop: 1', 'own_loop'],
    ['X-Failed-Recipients: a@b.example', 'bounce_hard'],
  ])('%s makes it %s', async (headers, expected) => {
    expect((await normalised(write(headers))).automatic?.class).toBe(expected);
  });

  it.each([
    'Auto-Submitted: no',
    'X-Auto-Response-Suppress: All',
    'Subject: Out of office printers',
    'Precedence: first-class',
  ])('%s alone does not make it automatic', async (headers) => {
    expect((await normalised(write(headers))).automatic).toBeNull();
  });

  it('knows its own mail by the signed Message-ID', async () => {
    const own = Buffer.from(`From: support@acme.example\r\nMessage-ID: <n1.${token}@acme.example>\r\n\r\ntext`);
    expect(await normalised(own)).toMatchObject({ automatic: { class: 'own_loop' }, handling: 'record_only' });
  });

  it('takes the null sender of the envelope for automatic', async () => {
    expect((await normalised('plain', { envelopeFrom: '' })).handling).toBe('attach_only');
  });

  it('refers to the mail that bounced', async () => {
    expect((await normalised('bounce')).references).toContainEqual({
      kind: 'message_id',
      value: 'out-77@acme.example',
      via: 'bounced_message',
    });
  });
});

describe('who wrote, and when', () => {
  it.each([
    ['no-from', 'email', 'paula@customer.example'],
    ['two-from', 'email', 'any@attack.example'],
  ])('%s', async (fixture, kind, value) => {
    expect((await normalised(fixture)).sender).toMatchObject({ kind, value });
  });

  it('is anonymous when no address is given', async () => {
    const { sender, id } = await normalised('nobody');
    expect(sender).toEqual({ kind: 'anonymous', value: id, name: null });
  });

  it.each(['unreadable-date', 'future-date'])('takes our clock for %s', async (fixture) => {
    expect((await normalised(fixture)).occurredAt).toBe(receivedAt.toISOString());
  });

  it('invents a stable Message-ID where there is none', async () => {
    const first = await normalised('missing-message-id');
    const again = await normalised('missing-message-id', { receivedAt: new Date() });
    expect(first.flags).toEqual(['message_id_missing']);
    expect(again.threadKeys).toEqual(first.threadKeys);
    expect(again.id).toBe(first.id);
  });
});

describe('trust', () => {
  it.each([
    ['trusted-pass', 'pass'],
    ['trusted-fail', 'fail'],
    ['forged-results', 'unknown'],
    ['two-from', 'unknown'],
    ['plain', 'unknown'],
  ])('%s is %s', async (fixture, verdict) => {
    expect((await normalised(fixture)).trust.verdict).toBe(verdict);
  });

  it('trusts nobody when no server is configured', async () => {
    const { trust } = await normalised('trusted-pass', {}, { trustedAuthservId: null });
    expect(trust).toEqual({ verdict: 'unknown', reason: 'no trusted authserv-id configured' });
  });
});

it('keeps the contract whatever the headers hold', async () => {
  const name = fc.constantFrom(
    'From',
    'To',
    'Cc',
    'Subject',
    'Date',
    'Message-ID',
    'References',
    'In-Reply-To',
    'Auto-Submitted',
    'Reply-To',
    'Content-Type',
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '<a@b>',
      'x <a@b.example>',
      '=?utf-8?b?2A==?=',
      '\ud800',
      '"',
      '<>',
      'multipart/mixed; boundary=x',
      token,
    ),
  );
  const headers = fc.array(fc.tuple(name, value), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(headers, fc.string({ unit: 'binary' }), async (lines, body) => {
      const head = lines.map(([key, text]) => `${key}: ${text.replace(/[\r\n]/g, ' ')}`).join('\r\n');
      const interaction = await normalised(Buffer.from(`${head}\r\n\r\n${body}`));
      const json = JSON.stringify(interaction);
      expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      expect(checkInteraction(JSON.parse(json))).toMatchObject({ ok: true });
    }),
    { numRuns: 200 },
  );
});
