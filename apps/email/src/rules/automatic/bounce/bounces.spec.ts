import { describe, expect, it } from '@jest/globals';
import { countProcessorTime } from '#libs/testing';
import { caseId, normalised, token } from '../../../testing/normalised-mail.js';

const GONE = ['gone@customer.example'];

describe('a bounce', () => {
  it.each<[fixture: string, expected: string, failed: readonly string[], about: string | null]>([
    ['bounce', 'bounce_hard', GONE, 'out-77'],
    ['bounce-delayed', 'bounce_soft', GONE, 'out-77'],
    ['bounce-plain', 'bounce_hard', ['gone@old.example'], 'out-78'],
    ['automatic-bounce-qmail', 'bounce_hard', GONE, 'out-90'],
    ['automatic-bounce-exim', 'bounce_hard', [...GONE, 'left@customer.example'], 'out-90'],
    ['automatic-bounce-exim-delayed', 'bounce_soft', GONE, null],
    ['automatic-bounce-sendmail', 'bounce_hard', GONE, 'out-90'],
    ['automatic-bounce-gmail', 'bounce_hard', GONE, 'out-90'],
    ['automatic-bounce-gmail-delayed', 'bounce_soft', GONE, null],
    ['automatic-bounce-exchange', 'bounce_hard', GONE, 'out-90'],
    [
      'automatic-bounce-postfix-headers',
      'bounce_hard',
      ['full@customer.example', 'box+full@customer.example', ...GONE],
      'out-90',
    ],
  ])('%s is %s', async (fixture, expected, failed, about) => {
    const { automatic, handling, references } = await normalised(fixture, { envelopeFrom: '' });
    expect(automatic).toMatchObject({ class: expected, failedRecipients: failed });
    expect(handling).toBe('attach_only');
    expect(references.map(({ value }) => value)).toEqual(about === null ? [] : [`${about}@acme.example`]);
  });

  it.each(['automatic-delivered', 'automatic-read-deleted', 'read-receipt'])('%s is a receipt', async (fixture) => {
    const { automatic, references } = await normalised(fixture);
    expect(automatic?.class).toBe('receipt');
    expect(automatic?.failedRecipients ?? null).toBeNull();
    expect(references).toMatchObject([{ kind: 'message_id', via: 'bounced_message' }]);
  });

  it('that a person passes on is that person’s mail', async () => {
    const { automatic, handling, references } = await normalised('automatic-bounce-passed-on', {
      envelopeFrom: 'maria@customer.example',
    });
    expect([automatic, handling, references]).toEqual([null, 'ordinary', []]);
  });
});

/** Bounces of which the text is all there is. */
const IN_WORDS: readonly (readonly [subject: string, text: string, expected: string, failed: readonly string[]])[] = [
  ['Undeliverable: Your case', 'Your message did not reach gone@customer.example: #5.7.1', 'bounce_hard', GONE],
  ['Undeliverable: Your case', 'gone@customer.example\n#4.4.7', 'bounce_soft', GONE],
  ['Mail delivery failed', '<gone@customer.example>: host said: 452 try again later', 'bounce_soft', GONE],
  ['Mail delivery failed', '<gone@customer.example>: host said: 554 no', 'bounce_hard', GONE],
  ['Non remis : Votre dossier', 'gone@customer.example', 'bounce_hard', GONE],
  ['Não é possível entregar: Caso', '', 'bounce_hard', []],
  ['Delivery status notification', '', 'bounce_soft', []],
  ['Warning: could not send message for past 4 hours', 'gone@customer.example.', 'bounce_soft', GONE],
  ['메일 전송이 실패하였습니다.', 'gone@customer.example', 'bounce_hard', GONE],
  ['系统退信', 'gone@customer.example 550 User not found', 'bounce_hard', GONE],
  ['failure notice', 'Version 5.1.1.2 of the server at 4.2.2.1 wrote this.', 'bounce_hard', []],
  ['failure notice', 'Write to postmaster@mx.customer.example.\n<gone@customer.example>:\nno', 'bounce_hard', GONE],
  ['failure notice', 'no address\n--- Below this line is a copy of the message.\nother@b.example', 'bounce_hard', []],
];

it.each(IN_WORDS)('%j %j is %s', async (subject, text, expected, failed) => {
  const mail = `From: MAILER-DAEMON@mx.customer.example\r\nTo: support@acme.example\r\nSubject: ${subject}`;
  const { automatic } = await normalised(Buffer.from(`${mail}\r\n\r\n${text}\r\n`), { envelopeFrom: '' });
  expect(automatic).toMatchObject({ class: expected, failedRecipients: failed });
});

/** Mail that was fetched from a server which keeps no trace of the envelope. */
it.each([
  ['postmaster@b.example', 'Re: Your server rejects us', 'I am the admin here; please test again.', null],
  ['postmaster@b.example', 'Undeliverable: lamp', 'gone@customer.example', 'bounce_hard'],
  ['postmaster@b.example', 'About your mail', 'The mailbox of gone@customer.example: user unknown', 'bounce_hard'],
  ['<>', 'Delivery failure', 'Message could not be delivered to gone@customer.example: 550 unknown', 'bounce_hard'],
  ['<>', 'Lamp', 'It is dark.', null],
  [
    'PostMaster@b.example',
    '来自b.example的退信',
    '抱歉，您的邮件被退回来了……\ngone@customer.example 550',
    'bounce_hard',
  ],
  ['postmaster@b.example', 'Ошибка', 'Письмо не может быть отправлено: gone@customer.example 550 5.1.1', 'bounce_hard'],
  ['navercorp <x@b.example>', '메일 전송이 실패하였습니다.', 'gone@customer.example 550 5.1.1', null],
])('without an envelope: from %s %j is %s', async (from, subject, text, expected) => {
  const mail = `From: ${from}\r\nTo: support@acme.example\r\nSubject: ${subject}\r\n\r\n${text}\r\n`;
  const { automatic } = await normalised(Buffer.from(mail), { provider: 'imap', envelopeFrom: null });
  expect(automatic?.class ?? null).toBe(expected);
});

describe('a part for programs in a mail that is no report', () => {
  const mixed = (from: string, type: string) =>
    Buffer.from(
      [
        `From: ${from}\r\nTo: support@acme.example\r\nSubject: About your mail`,
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n',
        '--b\r\nContent-Type: text/plain\r\n\r\nsee below',
        `--b\r\nContent-Type: message/${type}\r\n\r\nReporting-MTA: dns; b.example\r\n`,
        'Final-Recipient: rfc822; gone@customer.example\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n',
      ].join('\r\n'),
    );

  it.each([
    ['robot@b.example', '', 'delivery-status', 'bounce_hard'],
    ['MAILER-DAEMON@b.example', 'x@b.example', 'delivery-status', 'bounce_hard'],
    ['maria@customer.example', 'maria@customer.example', 'delivery-status', null],
    ['maria@customer.example', 'maria@customer.example', 'disposition-notification', null],
    ['robot@b.example', '', 'disposition-notification', 'auto_reply'],
  ])('from %s by way of <%s>, %s, is %s', async (from, envelopeFrom, type, expected) => {
    const { automatic } = await normalised(mixed(from, type), { envelopeFrom });
    expect(automatic?.class ?? null).toBe(expected);
    expect(automatic?.failedRecipients ?? []).toEqual(expected === 'bounce_hard' ? GONE : []);
  });
});

describe('our own mail that bounced', () => {
  const report = (status: string, returned: string) =>
    Buffer.from(
      [
        'From: MAILER-DAEMON@mx.customer.example\r\nTo: support@acme.example\r\nSubject: Undelivered',
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n',
        `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; b.example\r\n${status}`,
        'Final-Recipient: rfc822; gone@customer.example\r\nAction: failed\r\nStatus: 5.1.1',
        `--b\r\nContent-Type: text/rfc822-headers\r\n\r\n${returned}\r\n--b--\r\n`,
      ].join('\r\n'),
    );

  it.each([
    ['the Reply-To that came back', '\r\n', `Reply-To: support+${token}@acme.example`],
    ['the envelope id', `Original-Envelope-Id: ${token}\r\n\r\n`, 'Subject: Your case'],
  ])('leads to its case by %s', async (_, status, returned) => {
    const { references } = await normalised(report(status, returned), { envelopeFrom: '' });
    expect(references).toEqual([{ kind: 'case', value: caseId, via: 'bounced_message' }]);
  });

  it('leads there by the address that it was sent back to', async () => {
    const { references } = await normalised('automatic-bounce-exim-delayed', {
      envelopeRecipients: [`support+${token}@acme.example`],
    });
    expect(references).toEqual([{ kind: 'case', value: caseId, via: 'recipient_token' }]);
  });
});

it('reads a long bounce in time, whatever it holds', async () => {
  for (const piece of ['a@', '@', 'said ', '5.1.', '<a@b.example>:\n', ' \n', '-----', 'status 4']) {
    const mail = `From: MAILER-DAEMON@b.example\r\nSubject: failure notice\r\n\r\n${piece.repeat(100_000)}\r\n`;
    const computed = countProcessorTime();
    await normalised(Buffer.from(mail));
    expect(computed()).toBeLessThan(1500);
  }
});
