import { describe, expect, it } from '@jest/globals';
import { normalised } from '../testing/normalised-mail.js';

const own = new Set(['support@acme.example']);

async function forwardedOf(headers: string, replyToSenders: string[] = []) {
  const mail = Buffer.from(
    `${headers}\r\nMessage-ID: <m@x>\r\nTo: support@acme.example\r\n\r\nThe lamp is broken.\r\n`,
  );
  return (await normalised(mail, {}, { ownAddresses: own, replyToSenders })).forwarded;
}

const LIST = 'List-Id: <support.acme.example>';
const ana = { kind: 'email', value: 'ana@customer.example' };

describe('an author whose place a list took', () => {
  it.each([
    [
      'X-Original-From',
      `From: 'Ana Ito' via Support <support@acme.example>\r\nX-Original-From: Ana Ito <ana@customer.example>\r\n${LIST}`,
      'exact',
    ],
    [
      'X-Original-Sender',
      `From: "Ana Ito via Support" <support@acme.example>\r\nX-Original-Sender: ana@customer.example\r\n${LIST}`,
      'exact',
    ],
    [
      'Reply-To',
      `From: Ana Ito via Support <support@acme.example>\r\nReply-To: ana@customer.example\r\n${LIST}`,
      'exact',
    ],
    [
      'Reply-To beside the list’s own',
      `From: Ana Ito via Help <help@lists.example>\r\nReply-To: help@lists.example, Ana Ito <ana@customer.example>\r\nList-Id: Help <help.lists.example>`,
      'weak',
    ],
  ])('is found by %s', async (_case, headers, confidence) => {
    expect(await forwardedOf(headers)).toMatchObject({
      author: { ...ana, name: 'Ana Ito' },
      method: 'list_rewrite',
      confidence,
    });
  });

  it.each([
    ['From is the author', `From: Ana <ana@customer.example>\r\nReply-To: support@acme.example\r\n${LIST}`],
    ['there is no list', 'From: Ana via Desk <desk@forms.example>\r\nReply-To: ana@customer.example'],
    [
      'the answer goes to several',
      `From: Ana via S <support@acme.example>\r\nReply-To: a@x.example, b@x.example\r\n${LIST}`,
    ],
    ['the answer goes to us', `From: Ana via S <support@acme.example>\r\nReply-To: support@acme.example\r\n${LIST}`],
    [
      'there is a second From',
      `From: Ana via S <support@acme.example>\r\nFrom: b@x.example\r\nReply-To: ana@customer.example\r\n${LIST}`,
    ],
  ])('is nobody when %s', async (_case, headers) => {
    expect(await forwardedOf(headers)).toBeNull();
  });
});

describe('an author behind a form', () => {
  const form = 'From: Contact form <noreply@forms.example>\r\nReply-To: Ana Ito <ana@customer.example>';

  it('is its Reply-To where the mailbox is told to believe that sender', async () => {
    const expected = { author: { ...ana, name: 'Ana Ito' }, method: 'reply_to' };
    expect(await forwardedOf(form, ['noreply@forms.example'])).toMatchObject(expected);
    expect(await forwardedOf(form, ['@forms.example'])).toMatchObject(expected);
  });

  it('is nobody else’s word', async () => {
    expect(await forwardedOf(form)).toBeNull();
    expect(await forwardedOf(form, ['@ms.example', 'x@forms.example'])).toBeNull();
  });
});
