import { describe, expect, it } from '@jest/globals';
import { callConversationKey, checkInteraction } from '#libs/interaction';
import { countProcessorTime } from '#libs/testing';
import { accountId, normalised } from '../testing/normalised-mail.js';

const SENDERS = { voicemailSenders: ['voicemail@pbx.example', '@calls.example'] };

interface Told {
  readonly from?: string;
  readonly headers?: string;
  readonly subject?: string;
  readonly text?: string;
  /** Media types of the attachments. */
  readonly parts?: readonly string[];
}

function aVoicemailMail({ from, headers = '', subject = 'New voicemail', text = 'text', parts }: Told): Buffer {
  const attached = (parts ?? ['audio/x-wav; name=msg0001.wav']).map(
    (type) => `--edge\r\nContent-Type: ${type}\r\nContent-Disposition: attachment\r\n\r\nRIFF\r\n`,
  );
  return Buffer.from(
    [
      `From: ${from ?? 'voicemail@pbx.example'}`,
      'To: support@acme.example',
      `Subject: ${subject}`,
      'Date: Mon, 02 Mar 2026 10:15:00 +0000',
      'Message-ID: <vm-1@pbx.example>',
      ...(headers === '' ? [] : [headers]),
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=edge',
      '',
      `--edge\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n${attached.join('')}--edge--\r\n`,
    ].join('\r\n'),
  );
}

const ASTERISK = [
  'X-Asterisk-VM-Message-Num: 7',
  'X-Asterisk-VM-Server-Name: asterisk',
  'X-Asterisk-VM-Context: default',
  'X-Asterisk-VM-Extension: 2001',
  'X-Asterisk-VM-Caller-ID-Num: +351210000001',
  'X-Asterisk-VM-Caller-ID-Name: Maria Silva',
  'X-Asterisk-VM-Duration: 47',
  'X-Asterisk-VM-Orig-time: 1772446380',
].join('\r\n');

describe('a voicemail that Asterisk mails', () => {
  it('is a voicemail from the caller, with the sound, and keeps the contract', async () => {
    const voicemail = await normalised(aVoicemailMail({ headers: ASTERISK }));
    expect(checkInteraction(JSON.parse(JSON.stringify(voicemail)))).toMatchObject({ ok: true });
    expect(voicemail).toMatchObject({
      channel: 'voicemail',
      provider: 'asterisk',
      source: 'voicemail',
      occasion: 'voicemail',
      handling: 'ordinary',
      automatic: null,
      occurredAt: '2026-03-02T10:13:00.000Z',
      endpoint: { kind: 'mailbox', address: 'support@acme.example' },
      sender: { kind: 'phone', value: '+351210000001', name: 'Maria Silva' },
      threadKeys: [{ kind: 'message_id', value: 'vm-1@pbx.example' }],
      references: [],
      content: { attachments: [{ mediaType: 'audio/x-wav', name: 'msg0001.wav' }] },
      details: {
        voicemail: {
          durationSeconds: 47,
          mailbox: '2001',
          context: 'default',
          messageNumber: '7',
          callerId: '+351210000001',
          origTime: '2026-03-02T10:13:00.000Z',
          callId: null,
        },
      },
    });
  });

  it('is from the number of the country where the account is', async () => {
    const headers = 'X-Asterisk-VM-Caller-ID-Num: 210000001';
    const { sender } = await normalised(aVoicemailMail({ headers }), {}, { defaultCountry: 'PT' });
    expect(sender.value).toBe('+351210000001');
  });

  it('is one however often and on whatever way it comes', async () => {
    const mail = aVoicemailMail({ headers: ASTERISK });
    const first = await normalised(mail);
    const again = await normalised(mail, { provider: 'imap', mailbox: 'sales@acme.example' });
    expect(again.id).toBe(first.id);
  });

  it('refers to its call, and travels with it, where the mail names the call', async () => {
    const voicemail = await normalised(aVoicemailMail({ headers: `${ASTERISK}\r\nX-Call-ID: 1772446380.42` }));
    expect(voicemail.references).toEqual([{ kind: 'call_id', value: '1772446380.42', via: 'root_call' }]);
    expect(voicemail.conversationKey).toBe(callConversationKey(accountId, '1772446380.42'));
  });

  it.each(['unknown', 'Anonymous', '+266696687', '', 'asterisk'])(
    'takes %j for a caller nobody knows',
    async (caller) => {
      const { sender, id } = await normalised(
        aVoicemailMail({ headers: `X-Asterisk-VM-Message-Num: 1\r\nX-Asterisk-CallerID: ${caller}` }),
      );
      expect(sender).toEqual({ kind: 'anonymous', value: id, name: null });
    },
  );

  it('proves no caller, whatever the mail proves', async () => {
    const results = 'Authentication-Results: mx.acme.example; dmarc=pass header.from=pbx.example';
    const { trust } = await normalised(aVoicemailMail({ headers: `${results}\r\n${ASTERISK}` }));
    expect(trust.verdict).toBe('unknown');
  });

  it.each([
    'Auto-Submitted: auto-generated',
    'Precedence: bulk',
    'Auto-Submitted: auto-replied\r\nReturn-Path: <>',
    'X-Vacation: yes',
  ])('is not silenced by %j', async (header) => {
    const voicemail = await normalised(aVoicemailMail({ headers: `${header}\r\n${ASTERISK}` }));
    expect(voicemail).toMatchObject({ channel: 'voicemail', handling: 'ordinary', automatic: null });
  });

  it('stays ours when it is our own mail that came back', async () => {
    const own = await normalised(aVoicemailMail({ headers: `X-Casewright-Loop: 1\r\n${ASTERISK}` }));
    expect(own).toMatchObject({ channel: 'email', handling: 'record_only' });
  });

  it('says when the sound is missing', async () => {
    const { flags } = await normalised(aVoicemailMail({ headers: ASTERISK, parts: [] }));
    expect(flags).toContain('voicemail_without_audio');
  });

  it.each([
    ['a day of the future', '2772446380'],
    ['1970', '47'],
    ['words', 'yesterday'],
  ])('takes the date of the mail for %s', async (_, time) => {
    const headers = `X-Asterisk-VM-Message-Num: 1\r\nX-Asterisk-VM-Orig-time: ${time}`;
    expect((await normalised(aVoicemailMail({ headers }))).occurredAt).toBe('2026-03-02T10:15:00.000Z');
  });
});

describe('a voicemail of Exchange', () => {
  it('is known by its content class', async () => {
    const headers = [
      'Content-Class: Voice-CA',
      'X-CallingTelephoneNumber: +441632960001',
      'X-VoiceMessageSenderName: Ana Lima',
      'X-VoiceMessageDuration: 12',
      'X-CallID: 7f3a@ums.example',
    ].join('\r\n');
    expect(await normalised(aVoicemailMail({ headers, from: 'ana@acme.example' }))).toMatchObject({
      provider: 'exchange-um',
      sender: { kind: 'phone', value: '+441632960001', name: 'Ana Lima' },
      references: [{ kind: 'call_id', value: '7f3a@ums.example' }],
      details: { voicemail: { durationSeconds: 12 } },
    });
  });

  it.each([
    'Content-Class: urn:content-classes:voice',
    'Content-Class: voice-uc',
    'X-VoiceMessageDuration: 12',
    'X-CallingTelephoneNumber: 2001',
  ])('is known by %j', async (headers) => {
    expect((await normalised(aVoicemailMail({ headers }))).provider).toBe('exchange-um');
  });

  it('that a person passes on is that person’s mail', async () => {
    const mail = aVoicemailMail({ headers: 'X-VoiceMessageDuration: 12', subject: 'FW: Voice Mail (12 seconds)' });
    expect((await normalised(mail)).channel).toBe('email');
  });

  it.each(['Content-Class: MissedCall\r\nX-CallingTelephoneNumber: +441632960001', 'Content-Class: fax'])(
    '%j is none',
    async (headers) => {
      expect((await normalised(aVoicemailMail({ headers, parts: [] }))).channel).toBe('email');
    },
  );
});

/** Mails of systems that say who called only in words. */
const IN_WORDS: readonly (readonly [subject: string, text: string, caller: string | null, seconds: number | null])[] = [
  ['New voicemail from +44 1632 960001', 'Duration: 0:47', '+441632960001', 47],
  ['New voicemail from 01632 960001 to +44 1632 960999', '', '01632960001', null],
  ['Voicemail (47 seconds)', 'Caller: Maria Silva (+351 21 000 0001)', '+351210000001', 47],
  ['Neue Sprachnachricht von 030 1234567', 'Dauer: 1:05 Minuten', '0301234567', 65],
  ['Neue Nachricht', 'Anrufer: +49 (0)30 1234567\nDatum: 02.03.2026 10:15', '+49301234567', null],
  ['Nouveau message vocal de 01 99 00 12 34', 'Durée : 12 s', '0199001234', 12],
  ['Nuevo mensaje de voz de +34 910 000 001', 'Duración: 00:01:02', '+34910000001', 62],
  ['Voicemail from Unknown', 'To: +44 1632 960999', null, null],
  ['Voicemail', 'From: Anonymous\nTo: +44 1632 960999', null, null],
  ['Voicemail of 2026-03-02', 'The message is attached.', null, null],
  ['+44 1632 960001', 'left a message', '+441632960001', null],
  ['Voice Mail from 0301234567 (0:12)', '', '0301234567', 12],
  ['Voicemail Message From 5550100199 (Maria Silva) - 0:47', '', '5550100199', 47],
  ['New message 7', 'You were just left a 0:47 long message from "Maria" <+351210000001>', '+351210000001', 47],
  ['Nuevo mensaje de voz', 'Remitente: 910000001\nFecha: 02/03/2026 10:15', '910000001', null],
  ['Voicemail', 'Transcript: hello, I speak from 555-010-0142', null, null],
];

describe('a voicemail of a system that the mailbox knows', () => {
  it.each(IN_WORDS)('%j %j', async (subject, text, caller, seconds) => {
    const voicemail = await normalised(aVoicemailMail({ subject, text }), {}, SENDERS);
    expect(voicemail).toMatchObject({ channel: 'voicemail', provider: 'mail' });
    expect(voicemail.sender.kind === 'phone' ? voicemail.sender.value : null).toBe(caller);
    expect(voicemail.details['voicemail']).toMatchObject({ durationSeconds: seconds });
  });

  it('reads the name beside the number, and the call', async () => {
    const text = 'Caller: Maria Silva (+351 21 000 0001)\nCall ID: ab-77-9c1/9';
    expect(await normalised(aVoicemailMail({ text }), {}, SENDERS)).toMatchObject({
      sender: { name: 'Maria Silva' },
      references: [{ value: 'ab-77-9c1' }],
    });
  });

  it('is known by its domain, and by Message-Context whoever sends it', async () => {
    const byDomain = await normalised(aVoicemailMail({ from: 'box7@calls.example' }), {}, SENDERS);
    const headers = 'Message-Context: voice-message\r\nContent-Duration: 33';
    const byContext = await normalised(aVoicemailMail({ from: 'x@elsewhere.example', headers }));
    expect([byDomain.channel, byContext.channel]).toEqual(['voicemail', 'voicemail']);
    expect(byContext.details['voicemail']).toMatchObject({ durationSeconds: 33 });
  });

  it.each<[string, Told]>([
    ['a person with a sound', { from: 'maria@customer.example' }],
    ['no sound', { parts: ['application/pdf; name=manual.pdf'] }],
    ['two sounds', { parts: ['audio/mpeg', 'audio/mpeg'] }],
    ['a fax', { from: 'x@elsewhere.example', headers: 'Message-Context: fax-message' }],
    ['a domain that only ends alike', { from: 'a@not-calls.example' }],
  ])('%s is a mail', async (_, told) => {
    expect((await normalised(aVoicemailMail(told), {}, SENDERS)).channel).toBe('email');
  });

  it('is a mail when its sender fails the check', async () => {
    const headers = 'Authentication-Results: mx.acme.example; dmarc=fail header.from=pbx.example';
    expect((await normalised(aVoicemailMail({ headers }), {}, SENDERS)).channel).toBe('email');
  });

  it('reads what has no end in time', async () => {
    const text = `Caller: ${'from '.repeat(20_000)}${'1 '.repeat(20_000)}`;
    const computed = countProcessorTime();
    await normalised(aVoicemailMail({ subject: '('.repeat(5000), text }), {}, SENDERS);
    expect(computed()).toBeLessThan(1000);
  });
});
