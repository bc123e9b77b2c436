import { describe, expect, it } from '@jest/globals';
import { normalised, write } from '../testing/normalised-mail.js';

const own = new Set(['support@acme.example', 'billing@acme.example', 'inbox@gmail.example', 'collect@acme.example']);

/** Where a mail that lay in `collect@` with these headers belongs. */
async function meant(
  headers: string,
  settings: Parameters<typeof normalised>[2] = {},
  provider: 'imap' | 'smtp' = 'imap',
) {
  const mail = write(`To: someone@customer.example\r\n${headers}`);
  const told = { provider, mailbox: 'collect@acme.example', envelopeFrom: null, envelopeRecipients: [] };
  return normalised(mail, told, { ownAddresses: own, ...settings });
}

const addressOf = async (headers: string) => (await meant(headers)).endpoint?.address;

describe('the mailbox that a customer meant', () => {
  it.each([
    [
      'Gmail’s filter',
      'X-Forwarded-To: collect@acme.example\r\nX-Forwarded-For: support@acme.example collect@acme.example',
    ],
    ['Gmail’s two Delivered-To', 'Delivered-To: collect@acme.example\r\nDelivered-To: support@acme.example'],
    [
      'Exchange, From and To unchanged',
      'X-MS-Exchange-Inbox-Rules-Loop: support@acme.example\r\nTo: <support@acme.example>',
    ],
    ['Postfix', 'X-Original-To: support@acme.example\r\nDelivered-To: collect@acme.example'],
    ['Exim and cPanel', 'Envelope-to: support@acme.example\r\nDelivery-date: Mon, 2 Mar 2026 10:00:00 +0000'],
    ['Sieve and resending', 'Resent-From: a@b.example\r\nResent-To: Support <support@acme.example>'],
    ['X-Envelope-To', 'X-Envelope-To: <support@acme.example>'],
    ['X-Rcpt-To', 'X-Rcpt-To: support@acme.example'],
    ['Google Workspace routing', 'X-Gm-Original-To: support@acme.example'],
    ['a list, by Cc', 'Cc: Support <support@acme.example>'],
    ['a plus address', 'X-Original-To: support+cwabc@acme.example'],
  ])('by %s', async (_case, headers) => {
    expect(await addressOf(headers)).toBe('support@acme.example');
  });

  it.each([
    [
      'X-Original-To before X-Forwarded-For',
      'X-Forwarded-For: billing@acme.example x@y.example\r\nX-Original-To: support@acme.example',
    ],
    [
      'X-Forwarded-For before Delivered-To',
      'Delivered-To: a@b.example\r\nDelivered-To: billing@acme.example\r\nX-Forwarded-For: support@acme.example',
    ],
    [
      'lower Delivered-To before Workspace',
      'X-Gm-Original-To: billing@acme.example\r\nDelivered-To: a@b.example\r\nDelivered-To: support@acme.example',
    ],
    ['Workspace before Resent-To', 'Resent-To: billing@acme.example\r\nX-Gm-Original-To: support@acme.example'],
    ['Resent-To before Cc', 'Cc: billing@acme.example\r\nResent-To: support@acme.example'],
  ])('%s', async (_case, headers) => {
    expect(await addressOf(headers)).toBe('support@acme.example');
  });

  it.each([
    ['nothing says otherwise', 'X-Nothing: here'],
    ['the traces are strangers’', 'X-Original-To: evil@else.example\r\nDelivered-To: collect@acme.example'],
    ['it is named beside others', 'Cc: billing@acme.example, collect@acme.example'],
  ])('is the one it lies in when %s', async (_case, headers) => {
    expect(await addressOf(headers)).toBe('collect@acme.example');
  });

  it('is told by the header that its own server writes, topmost, before all others', async () => {
    const headers =
      'Delivered-To: billing@acme.example\r\nDelivered-To: collect@acme.example\r\nX-Original-To: support@acme.example';
    expect((await meant(headers, { recipientHeader: 'Delivered-To' })).endpoint?.address).toBe('billing@acme.example');
  });

  it('is the envelope’s when it came by SMTP, whatever its headers say', async () => {
    const mail = await meant('X-Original-To: support@acme.example', {}, 'smtp');
    expect(mail.endpoint?.address).toBe('collect@acme.example');
    expect(mail.flags).not.toContain('mailbox_by_header');
  });

  it('is marked when a header chose it, because anybody can write one', async () => {
    expect((await meant('X-Original-To: support@acme.example')).flags).toContain('mailbox_by_header');
  });

  it('an envelope sender that a forwarder rewrote is nobody’s identity', async () => {
    const envelopeFrom = 'SRS0=x1=AB=customer.example=eve=relay.example';
    const mail = await normalised(write('To: support@acme.example'), { envelopeFrom });
    const gmail = await normalised(write('To: a@b.example'), {
      envelopeFrom: 'inbox+caf_=support=acme.example@gmail.example',
    });
    expect([mail.sender.value, gmail.sender.value]).toEqual(['maria@customer.example', 'maria@customer.example']);
  });
});
