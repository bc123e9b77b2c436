import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkInteraction } from '#libs/interaction';
import { accountId, caseId, forged, normalised, receivedAt, token, write } from '../testing/normalised-mail.js';

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

  it('names a mail without a Message-ID by what tells it from others', async () => {
    const alarm = (subject: string, more = '') =>
      Buffer.from(
        `${more}From: alarm@srv.example\r\nDate: Mon, 2 Mar 2026 10:15:00 +0000\r\nSubject: ${subject}\r\n\r\n`,
      );
    const first = await normalised(alarm('disk full on a'));
    expect((await normalised(alarm('disk full on a', 'Received: from elsewhere\r\n'))).id).toBe(first.id);
    expect((await normalised(alarm('disk full on b'))).id).not.toBe(first.id);
  });

  it('takes mails of which nothing can be read for one only when their bytes are equal', async () => {
    const raw = (digit: string) => ({ raw: { sha256: digit.repeat(64), size: 9, mediaType: 'message/rfc822' } });
    const nothing = await normalised(Buffer.from('\0\0\0'), raw('a'));
    expect((await normalised(Buffer.from('\0\0\0'), raw('a'))).id).toBe(nothing.id);
    expect((await normalised(Buffer.from('From: a@b.example\rSubject: lost\r'), raw('b'))).id).not.toBe(nothing.id);
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
  it('believes the ids in a text only of mail that answers another', async () => {
    const text = 'Message-ID: <lamp-0@customer.example>';
    expect((await normalised(write('Subject: what is this?', text))).references).toEqual([]);
    expect((await normalised(write('Subject: failure', text), { envelopeFrom: '' })).references).toEqual([
      { kind: 'message_id', value: 'lamp-0@customer.example', via: 'bounced_message' },
    ]);
  });

  it.each([
    ['without brackets', 'lamp-0@customer.example lamp-1@customer.example'],
    ['folded inside an id', '<lamp-0@customer.example> <lamp-\r\n 1@customer.example>'],
    ['with blanks in the brackets', '< lamp-0@customer.example >,< lamp-1@customer.example >'],
  ])('reads References %s', async (_, value) => {
    const { references } = await normalised(write(`References: ${value}`));
    expect(references.map((reference) => reference.value)).toEqual([
      'lamp-1@customer.example',
      'lamp-0@customer.example',
    ]);
  });

  it('takes no address in a phrase for an id', async () => {
    const { references } = await normalised(write('In-Reply-To: your mail to sales@acme.example of Monday'));
    expect(references).toEqual([]);
  });

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
