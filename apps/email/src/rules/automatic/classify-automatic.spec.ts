import { describe, expect, it } from '@jest/globals';
import { checkInteraction } from '#libs/interaction';
import { accountId, normalised, token, write } from '../../testing/normalised-mail.js';

const ANOTHER_ACCOUNT = '11111111-5f7b-5c53-9f6a-4b1c2d3e4f50';

describe('scenarios 30-33: automatic mail', () => {
  it.each([
    ['bounce', 'bounce_hard', 'attach_only'],
    ['bounce-delayed', 'bounce_soft', 'attach_only'],
    ['bounce-plain', 'bounce_hard', 'attach_only'],
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

  it('knows its own mail by the signed Message-ID', async () => {
    const own = Buffer.from(`From: support@acme.example\r\nMessage-ID: <n1.${token}@acme.example>\r\n\r\ntext`);
    expect(await normalised(own)).toMatchObject({ automatic: { class: 'own_loop' }, handling: 'record_only' });
  });

  it.each([
    ['Auto-Submitted: auto-replied', 'own_loop'],
    ['Auto-Submitted: auto-generated', 'notification'],
    ['Subject: A form of the web site', null],
  ])('of our own mailbox with %j is %s', async (header, expected) => {
    const mail = Buffer.from(`From: sales@acme.example\r\nMessage-ID: <a@b.example>\r\n${header}\r\n\r\ntext`);
    const { automatic } = await normalised(mail, {}, { ownAddresses: new Set(['sales@acme.example']) });
    expect(automatic?.class ?? null).toBe(expected);
  });

  it('knows its own mailbox by a plus address as well, which a vacation program answers in the name of', async () => {
    const mail = Buffer.from('From: sales+x@acme.example\r\nAuto-Submitted: auto-replied\r\n\r\ntext');
    const { automatic } = await normalised(mail, {}, { ownAddresses: new Set(['sales@acme.example']) });
    expect(automatic?.class).toBe('own_loop');
  });

  it('takes the null sender of the envelope for automatic', async () => {
    expect((await normalised('plain', { envelopeFrom: '' })).handling).toBe('attach_only');
  });

  it('tells from when and until when somebody is away', async () => {
    expect(await normalised('automatic-away-exchange')).toMatchObject({
      automatic: { class: 'out_of_office', awayFrom: '2026-02-23', awayUntil: '2026-03-06' },
      references: [{ value: 'out-81@acme.example', via: 'in_reply_to' }],
    });
  });

  it('reads no dates in other mail', async () => {
    const { automatic } = await normalised(write('Auto-Submitted: auto-generated', 'It ships until 24 March 2026.'));
    expect(automatic).toEqual({ class: 'notification', signals: ['Auto-Submitted: auto-generated'] });
  });

  it('refers to the mail that bounced', async () => {
    expect((await normalised('bounce')).references).toContainEqual({
      kind: 'message_id',
      value: 'out-77@acme.example',
      via: 'bounced_message',
    });
  });
});

/** A mail with these headers; from a customer unless they say from whom. */
function mailWith(headers: string, text = 'text'): Buffer {
  const from = /^From:/m.test(headers) ? '' : 'From: maria@customer.example\r\n';
  return Buffer.from(`${from}Message-ID: <own@customer.example>\r\n${headers}\r\n\r\n${text}\r\n`);
}

const ANSWER = 'In-Reply-To: <out@acme.example>';

/** Each signal as the only one of a mail, and what it makes of it. */
const ALONE: readonly (readonly [headers: string, expected: string | null])[] = [
  ['X-Casewright-Loop: 1', 'own_loop'],
  [`X-Casewright-Instance: ${accountId}`, 'own_loop'],
  [`X-Casewright-Instance: ${ANOTHER_ACCOUNT}`, null],
  ['X-Failed-Recipients: a@b.example', 'bounce_hard'],
  ['From: MAILER-DAEMON@mx.example', 'bounce_soft'],
  ['From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>', 'bounce_soft'],
  ['From: MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@b.example', 'bounce_soft'],
  ['From: postmaster@mx.example', 'bounce_soft'],
  ['Return-Path: <>', 'auto_reply'],
  ['X-Vacation: yes', 'out_of_office'],
  ['Auto-Submitted: auto-replied', 'auto_reply'],
  ['Auto-Submitted: AUTO-REPLIED', 'auto_reply'],
  ['Auto-Submitted: auto-replied (vacation)', 'out_of_office'],
  ['Auto-Submitted: (vacation) auto-replied', 'out_of_office'],
  ['Auto-Submitted: (a ((nested)) comment) auto-replied; owner-email="a@b.example"', 'auto_reply'],
  ['Auto-Submitted: auto-generated', 'notification'],
  [`Auto-Submitted: auto-generated\r\n${ANSWER}`, 'auto_reply'],
  ['Auto-Submitted: auto-generated; type=alarm', 'notification'],
  ['Auto-Submitted: auto-notified; owner-email="a@b.example"', 'notification'],
  ['Auto-Submitted: yes', 'notification'],
  ['Auto-Submitted: no', null],
  ['Auto-Submitted: No (typed by hand)', null],
  ['Auto-Submitted: (a person) no', null],
  ['Auto-Submitted: no; by=hand', null],
  ['Auto-Submitted:', null],
  ['X-Autoreply: yes', 'auto_reply'],
  ['X-Autoreply: no', null],
  ['X-Auto-Reply: 1', 'auto_reply'],
  ['X-Autoreply-From: a@b.example', 'auto_reply'],
  ['X-Auto-Reply-From: a@b.example', 'auto_reply'],
  ['X-Autorespond: Re: lamp', 'auto_reply'],
  ['X-Auto-Respond: true', 'auto_reply'],
  ['X-Autoresponder: yes', 'auto_reply'],
  ['X-AutoResponse: anything', 'auto_reply'],
  ['X-Mail-Autoreply: yes', 'auto_reply'],
  ['X-Autogenerated: Reply', 'auto_reply'],
  ['X-Autogenerated: Forward', null],
  ['X-Autogenerated: Redirect', null],
  ['X-Auto-Generated: yes', 'notification'],
  ['Precedence: auto_reply', 'auto_reply'],
  ['X-Precedence: auto-reply', 'auto_reply'],
  ['Delivered-To: Autoresponder', 'auto_reply'],
  ['Delivered-To: maria@customer.example', null],
  ['X-Amazon-Mail-Relay-Type: notification', 'notification'],
  ['X-FC-Machinegenerated: true', 'notification'],
  [`X-FC-Machinegenerated: true\r\n${ANSWER}`, 'auto_reply'],
  ['Precedence: bulk', 'list'],
  ['Precedence: List', 'list'],
  ['Precedence: junk', 'list'],
  ['X-Precedence: bulk', 'list'],
  ['Precedence: first-class', null],
  ['List-Id: <friends.lists.example>', 'list'],
  ['List-Unsubscribe: <mailto:leave@lists.example>', 'list'],
  ['List-Post: NO', 'list'],
  ['Mailing-List: contact help@lists.example', 'list'],
  ['Feedback-ID: 12:spring:acme', 'list'],
  ['Feedback-ID: 1.eu-west-1.abc=:AmazonSES', null],
  ['From: no-reply@shop.example', 'notification'],
  ['From: order-noreply@shop.example', 'notification'],
  ['From: donotreply+7@shop.example', 'notification'],
  ['From: noreply@forms.example\r\nReply-To: maria@customer.example', null],
  ['From: norbert.reply@customer.example', null],
  ['X-Loop: yes', 'notification'],
  [`X-Loop: true\r\n${ANSWER}`, 'auto_reply'],
  ['X-Loop: support@customer.example', null],
  ['X-RT-Loop-Prevention: customer.example', 'notification'],
  [`X-RT-Loop-Prevention: customer.example\r\n${ANSWER}`, 'notification'],
  ['X-Auto-Response-Suppress: All', null],
  ['X-Auto-Response-Suppress: OOF, DR, AutoReply', null],
  ['X-MS-Exchange-Inbox-Rules-Loop: maria@customer.example', null],
  ['Subject: Automatic reply: lamp', null],
  ['Subject: Out of office printers', null],
  ['Subject: Undeliverable: lamp', null],
  ['X-Spam-Flag: YES', null],
];

describe('each signal alone', () => {
  it.each(ALONE)('%j: %s', async (headers, expected) => {
    const { automatic, handling } = await normalised(mailWith(headers));
    expect(automatic?.class ?? null).toBe(expected);
    expect(handling === 'ordinary').toBe([null, 'list', 'notification'].includes(expected));
  });
});

const AWAY = 'Subject: Out of Office: lamp';
const UNDELIVERABLE = 'Subject: Undeliverable: Your case';

/** Several signals together: which of them decides. */
const TOGETHER: readonly (readonly [headers: string, text: string, expected: string | null])[] = [
  [`X-Casewright-Loop: 1\r\nAuto-Submitted: auto-replied\r\nList-Id: <a.b>`, '', 'own_loop'],
  [`Auto-Submitted: auto-replied\r\nPrecedence: bulk`, '', 'auto_reply'],
  [`Auto-Submitted: auto-generated\r\nPrecedence: bulk`, '', 'notification'],
  [`Auto-Submitted: auto-generated\r\nReturn-Path: <>`, '', 'notification'],
  [`List-Id: <a.b>\r\nFrom: noreply@shop.example`, '', 'list'],
  [`${AWAY}\r\nAuto-Submitted: auto-generated`, '', 'out_of_office'],
  ['Subject: [b.example #12] AutoReply: lamp\r\nAuto-Submitted: auto-generated', 'We have it.', 'auto_reply'],
  ['Subject: Auto-Reply: lamp\r\nAuto-Submitted: auto-generated', 'I am on vacation.', 'out_of_office'],
  [`${AWAY}\r\nX-Auto-Response-Suppress: All`, '', 'out_of_office'],
  [`${AWAY}\r\nX-MS-Exchange-Inbox-Rules-Loop: a@b.example`, '', 'out_of_office'],
  ['Subject: Out of office hours support?\r\nX-Auto-Response-Suppress: DR, OOF, AutoReply', 'Do you have it?', null],
  [`${AWAY}\r\n${ANSWER}\r\nX-Auto-Response-Suppress: OOF`, 'I am out of the office.', 'out_of_office'],
  [`${AWAY}\r\nReturn-Path: <>`, '', 'out_of_office'],
  [`${AWAY}\r\nPrecedence: bulk`, '', 'out_of_office'],
  [`${AWAY}\r\nPrecedence: bulk\r\nList-Id: <printers.example>`, '', 'list'],
  [`X-Auto-Response-Suppress: All\r\nX-MS-Exchange-Inbox-Rules-Loop: a@b.example`, '', 'out_of_office'],
  [`X-Auto-Response-Suppress: OOF\r\nX-MS-Exchange-Inbox-Rules-Loop: a@b.example`, '', null],
  ['Subject: AUTO: Jonas is out of the office\r\nAuto-Submitted: auto-generated', 'x', 'out_of_office'],
  ['Subject: Abwesenheitsantrag genehmigt\r\nAuto-Submitted: auto-generated', 'x', 'notification'],
  ['Auto-Submitted: auto-generated', 'Your order. We are on holiday until 24 March.', 'notification'],
  ['Auto-Submitted: auto-generated\r\nReferences: <group@shop.example>', 'Your order.', 'notification'],
  ['Auto-Submitted: auto-generated\r\nReferences: <out@acme.example>\r\nSubject: AW: lamp', 'x', 'auto_reply'],
  ['Return-Path: <>\r\nX-MS-Exchange-Inbox-Rules-Loop: team@customer.example', '', null],
  ['Return-Path: <>\r\nX-MS-Exchange-Inbox-Rules-Loop: maria@customer.example', '', 'auto_reply'],
  ['Subject: Re: lamp\r\nAuto-Submitted: auto-replied', 'Ich bin bis Montag im Urlaub.', 'out_of_office'],
  ['Subject: Re: lamp\r\nAuto-Submitted: auto-replied', 'We have your message.', 'auto_reply'],
  ['Subject: Re: lamp', 'I am out of the office until Monday, but the lamp is still dark.', null],
  [`${UNDELIVERABLE}\r\nReturn-Path: <>`, 'gone@b.example', 'bounce_hard'],
  ['Subject: Unzustellbar: Lampe\r\nReturn-Path: <>', '', 'bounce_hard'],
  [`${UNDELIVERABLE}`, 'Your message could not be delivered to gone@b.example. #5.1.1', null],
  [`${UNDELIVERABLE}\r\nAuto-Submitted: auto-replied`, 'Your message could not be delivered', 'bounce_hard'],
  ['Subject: Delivery delayed: your parcel\r\nAuto-Submitted: auto-generated', 'On its way.', 'notification'],
  ['From: postmaster@b.example\r\nReturn-Path: <postmaster@b.example>\r\nSubject: Our SPF record', 'Hi', null],
  ['From: postmaster@b.example\r\nReturn-Path: <postmaster@b.example>\r\nSubject: Undeliverable: x', '', 'bounce_hard'],
  ['From: "Mail Delivery System" <robot@b.example>\r\nSubject: Mail delivery failed', '', 'bounce_hard'],
  ['Subject: Fwd: Mail delivery failed', 'I got this: This is the mail system at host mx.b.example.', null],
  [`${ANSWER}\r\nX-RT-Loop-Prevention: b.example\r\nPrecedence: bulk`, 'An agent there wrote.', 'list'],
  ['X-Loop: a@b.example\r\nList-Id: <a.b>', '', 'list'],
];

describe('signals together', () => {
  it.each(TOGETHER)('%j %j: %s', async (headers, text, expected) => {
    const envelopeFrom = /Return-Path: <(.*)>/.exec(headers)?.[1];
    const delivery = envelopeFrom === undefined ? {} : { envelopeFrom };
    expect((await normalised(mailWith(headers, text), delivery)).automatic?.class ?? null).toBe(expected);
  });

  it('keeps every signal, the one that decided first', async () => {
    const { automatic } = await normalised(
      mailWith(
        'List-Id: <a.b>\r\nX-Loop: a@b.example\r\nAuto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All',
      ),
    );
    expect(automatic?.signals).toEqual([
      'Auto-Submitted: auto-replied',
      'X-Auto-Response-Suppress: All',
      'list-id',
      'X-Loop: a@b.example',
    ]);
  });
});
