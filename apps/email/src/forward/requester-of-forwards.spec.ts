import { describe, expect, it } from '@jest/globals';
import { decideInteraction, type CaseState } from '#libs/case-domain';
import {
  aForward,
  allForwards,
  aMoment,
  anAgent,
  anOriginal,
  aSnapshot,
  openingOf,
  type ForwardedMail,
} from '#libs/testing';
import { normalised } from '../testing/normalised-mail.js';

const AUTHOR = 'jorg.makinen@lamps.example';
const AGENT = 'nora@acme.example';
const CUSTOMER = 'carla@customer.example';
const snapshot = aSnapshot({ agents: [anAgent({ email: AGENT })] });
const PROVEN = 'Authentication-Results: mx.acme.example; dmarc=pass header.from=';
const ownAddresses = new Set(['support@acme.example']);

interface Part {
  readonly type: string;
  readonly body: string;
}

/** A mail from a person with a proof of who it is. */
function mailFrom(
  from: string,
  subject: string,
  parts: readonly Part[],
  proof = `${PROVEN}${from.split('@')[1]}`,
): Buffer {
  const boundary = 'part-of-the-mail';
  const written = parts.map(({ type, body }) => {
    const encoded = type === 'message/rfc822' ? body : Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n');
    const encoding = type === 'message/rfc822' ? '8bit' : 'base64';
    return `--${boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${encoded}\r\n`;
  });
  return Buffer.from(
    [
      `${proof}`,
      `From: ${from}`,
      'To: support@acme.example',
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      'Date: Mon, 02 Mar 2026 10:00:00 +0000',
      'Message-ID: <forward@acme.example>',
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `${written.join('')}--${boundary}--`,
      '',
    ].join('\r\n'),
  );
}

const plain = ({ subject, text }: ForwardedMail) => ({
  subject,
  parts: [{ type: 'text/plain; charset=utf-8', body: text }],
});

async function caseOf(
  from: string,
  { subject, parts }: { subject: string; parts: readonly Part[] },
  proof?: string,
): Promise<CaseState> {
  const interaction = await normalised(mailFrom(from, subject, parts, proof), {}, { ownAddresses });
  return openingOf(decideInteraction(interaction, snapshot, aMoment({ now: '2026-03-02T12:00:00.000Z' }))).state;
}

describe.each(allForwards())('a forward by $client, $locale', ({ client, locale }) => {
  const mail = aForward(client, locale, anOriginal(), 'Please help.') as ForwardedMail;

  it('of an agent: the author requests, the agent submits', async () => {
    expect(await caseOf(AGENT, plain(mail))).toMatchObject({
      supplied: { email: AUTHOR, name: 'Jörg Mäkinen' },
      requester: { kind: 'contact' },
      submitter: { kind: 'agent' },
      subject: 'Lampe defekt / broken lamp',
      description: expect.stringMatching(/^The lamp that came on Friday does not light\./),
    });
  });

  it('of a customer: the customer requests', async () => {
    const state = await caseOf(CUSTOMER, plain(mail));
    expect(state).toMatchObject({ supplied: { email: CUSTOMER }, subject: mail.subject });
    expect(state.submitter).toEqual(state.requester);
  });

  it('of somebody who only says that she is the agent: the agent herself', async () => {
    const state = await caseOf(AGENT, plain(mail), 'X-Proof: none');
    expect(state).toMatchObject({ supplied: { email: AGENT }, requester: { kind: 'agent' } });
  });
});

describe('a forward in HTML alone', () => {
  const html = (body: string) => [{ type: 'text/html; charset=utf-8', body: `<html><body>${body}</body></html>` }];
  it.each([
    [
      'Gmail',
      'Fwd: Lamp',
      `<div dir="ltr">See below<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>Von: <b class="gmail_sendername" dir="auto">Jörg Mäkinen</b> <span dir="auto">&lt;<a href="mailto:${AUTHOR}">${AUTHOR}</a>&gt;</span><br>Date: Mo., 27. Okt. 2025 um 15:14<br>Subject: Lamp<br>To:  &lt;<a href="mailto:office@acme.example">office@acme.example</a>&gt;<br></div><br><br><div>The lamp does not light.</div></div></div>`,
    ],
    [
      'Outlook on the web',
      'Fw: Lamp',
      `<div>See below</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" color="#000000"><b>From:</b> Jörg Mäkinen &lt;${AUTHOR}&gt;<br><b>Sent:</b> Monday, October 27, 2025 15:14<br><b>To:</b> Office &lt;office@acme.example&gt;<br><b>Subject:</b> Lamp</font><div>&nbsp;</div></div><div>The lamp does not light.</div>`,
    ],
    [
      'Outlook',
      'WG: Lamp',
      `<div class="WordSection1"><p class="MsoNormal">See below<o:p></o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b><span>Von:</span></b><span> Jörg Mäkinen &lt;<a href="mailto:${AUTHOR}">${AUTHOR}</a>&gt; <br><b>Gesendet:</b> Montag, 27. Oktober 2025 15:14<br><b>An:</b> Office &lt;office@acme.example&gt;<br><b>Betreff:</b> Lamp<o:p></o:p></span></p></div><p class="MsoNormal">The lamp does not light.</p></div>`,
    ],
    [
      'Apple Mail',
      'Fwd: Lamp',
      `<div>See below<br><div><br><blockquote type="cite"><div>Anfang der weitergeleiteten Nachricht:</div><br><div style="margin:0"><span><b>Von: </b></span><span>Jörg Mäkinen &lt;<a href="mailto:${AUTHOR}">${AUTHOR}</a>&gt;<br></span></div><div><span><b>Betreff: </b></span><span><b>Lamp</b><br></span></div><div><span><b>Datum: </b></span><span>27. Oktober 2025 um 15:14<br></span></div><div><span><b>An: </b></span><span>office@acme.example<br></span></div><br><div>The lamp does not light.</div></blockquote></div></div>`,
    ],
  ])('of %s', async (_client, subject, body) => {
    const mail = { subject, parts: html(body) };
    expect(await caseOf(AGENT, mail)).toMatchObject({
      supplied: { email: AUTHOR, name: 'Jörg Mäkinen' },
      subject: 'Lamp',
      description: 'The lamp does not light.',
    });
    expect((await caseOf(CUSTOMER, mail)).supplied.email).toBe(CUSTOMER);
  });
});

describe('a mail that was attached', () => {
  const attached = (author = `=?utf-8?Q?J=C3=B6rg?= <${AUTHOR}>`) =>
    `From: ${author}\r\nTo: office@acme.example\r\nSubject: Lamp\r\nDate: Mon, 27 Oct 2025 15:14:00 +0100\r\nMessage-ID: <lamp@lamps.example>\r\nReferences: <root@lamps.example>\r\n\r\nThe lamp does not light.\r\n`;
  const text = { type: 'text/plain', body: 'Please help him.' };
  const mail = { type: 'message/rfc822', body: attached() };

  it('is the surest evidence of all, and its names lead to the case', async () => {
    const bytes = mailFrom(AGENT, 'see attachment', [text, mail]);
    const interaction = await normalised(bytes, {}, { ownAddresses });
    expect(interaction.forwarded).toEqual({
      author: { kind: 'email', value: AUTHOR, name: 'Jörg' },
      method: 'attached_message',
      confidence: 'exact',
      messageId: 'lamp@lamps.example',
      subject: 'Lamp',
      sentAt: 'Mon, 27 Oct 2025 15:14:00 +0100',
      note: 'Please help him.',
      text: 'The lamp does not light.',
    });
    expect(interaction.references.map(({ value, via }) => [value, via])).toEqual([
      ['lamp@lamps.example', 'forwarded_message'],
      ['root@lamps.example', 'forwarded_message'],
    ]);
    expect(await caseOf(AGENT, { subject: 'x', parts: [text, mail] })).toMatchObject({
      supplied: { email: AUTHOR },
      subject: 'Lamp',
    });
    expect(await caseOf(CUSTOMER, { subject: 'x', parts: [text, mail] })).toMatchObject({
      supplied: { email: CUSTOMER },
      subject: 'x',
    });
  });

  it('counts before a block in the text, and as a file with the name of a mail', async () => {
    const block = aForward('Gmail', 'en', anOriginal({ address: 'other@lamps.example' }))?.text ?? '';
    const file = { type: 'application/octet-stream; name="lamp.eml"', body: attached() };
    const parts = [{ type: 'text/plain', body: block }, file];
    expect((await caseOf(AGENT, { subject: 'Fwd: x', parts })).supplied.email).toBe(AUTHOR);
  });

  it('is read by its header when it is large', async () => {
    const large = { type: 'message/rfc822', body: `${attached()}${'lamp '.repeat(300_000)}` };
    expect((await caseOf(AGENT, { subject: 'x', parts: [text, large] })).supplied.email).toBe(AUTHOR);
  });

  it('is nobody’s when there are several: people are told', async () => {
    const bytes = mailFrom(AGENT, 'x', [text, mail, { ...mail, body: attached('b@lamps.example') }]);
    const interaction = await normalised(bytes, {}, { ownAddresses });
    expect(interaction.forwarded).toBeNull();
    expect(interaction.flags).toContain('several_forwarded');
    expect((await caseOf(AGENT, { subject: 'x', parts: [text, mail, mail] })).supplied.email).toBe(AGENT);
  });

  it('to an answer is a file: the answer is its author’s own', async () => {
    const bytes = mailFrom(AGENT, 'Re: Lamp', [text, mail]);
    expect((await normalised(bytes, {}, { ownAddresses })).forwarded).toBeNull();
    expect((await caseOf(AGENT, { subject: 'Re: Lamp', parts: [text, mail] })).supplied.email).toBe(AGENT);
  });

  it('without an author leaves the mail its sender’s', async () => {
    const parts = [text, { ...mail, body: attached('nobody at all') }];
    expect((await caseOf(AGENT, { subject: 'x', parts })).supplied.email).toBe(AGENT);
  });
});
