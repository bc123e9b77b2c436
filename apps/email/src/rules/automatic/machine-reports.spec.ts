import { describe, expect, it } from '@jest/globals';
import { countProcessorTime } from '#libs/testing';
import { normalised } from '../../testing/normalised-mail.js';

const RETURN_PATH = 'maria@customer.example';

function mailOf(headers: string, text: string): Buffer {
  const from = /^From:/m.test(headers) ? '' : `From: ${RETURN_PATH}\r\n`;
  const type = /^Content-Type:/m.test(headers) ? '' : 'Content-Type: text/plain; charset=utf-8\r\n';
  return Buffer.from(`${from}Message-ID: <own@b.example>\r\nMIME-Version: 1.0\r\n${type}${headers}\r\n\r\n${text}\r\n`);
}

const ANSWER = 'In-Reply-To: <out@acme.example>';
const ABOUT = '\r\n   To: Maria\r\n   Subject: lamp\r\n   Sent: Monday\r\n\r\n ';

describe('a receipt in words, which Outlook writes where a gateway took the report off', () => {
  it.each([
    ['Read: lamp', `Your message${ABOUT}was read on Monday, March 2, 2026.`],
    ['Not read: lamp', `Your message${ABOUT}was deleted without being read on Monday.`],
    ['Gelesen: Lampe', `Ihre Nachricht${ABOUT}wurde am Montag, 2. März 2026 gelesen.`],
    ['Ungelesen: Lampe', `Ihre Nachricht${ABOUT}wurde am Montag ungelesen gelöscht.`],
    ['Lu : Lampe', `Votre message${ABOUT}a été lu le lundi 2 mars 2026.`],
    ['Leído: Lámpara', `Su mensaje${ABOUT}se leyó el lunes.`],
    ['Letto: Lampada', `Il messaggio${ABOUT}è stato letto in data lunedì.`],
    ['Lida: Lâmpada', `A sua mensagem${ABOUT}foi lida em segunda-feira.`],
    ['Gelezen: Lamp', `Uw bericht${ABOUT}is gelezen op maandag.`],
    ['Läst: Lampa', `Ditt meddelande${ABOUT}lästes den 2 mars.`],
    ['Return Receipt', 'Return Receipt\r\n\r\nYour document: lamp\r\nwas received by: Maria/Customer\r\nat: Monday'],
  ])('%j', async (subject, text) => {
    const { automatic, handling } = await normalised(mailOf(`Subject: ${subject}\r\n${ANSWER}`, text));
    expect([automatic?.class, handling]).toEqual(['receipt', 'attach_only']);
  });

  it.each([
    ['Read: the manual is wrong', 'Page 3 of it.'],
    ['Re: lamp', 'Your message was read on Monday, and nobody came.'],
    ['Read: lamp', 'I read it.'],
    ['Return receipt is missing in the parcel', 'I was to sign one.'],
  ])('but not %j', async (subject, text) => {
    expect((await normalised(mailOf(`Subject: ${subject}`, text))).automatic).toBeNull();
  });
});

describe('a report about our domain', () => {
  const DMARC = 'Report Domain: acme.example Submitter: b.example Report-ID: <1@b.example>';

  it.each([
    ['of TLS (RFC 8460)', 'Subject: x\r\nContent-Type: multipart/report; report-type="tlsrpt"; boundary=k', '--k--'],
    ['of DMARC (RFC 7489)', `Subject: ${DMARC}`, ''],
    ['of DMARC by a postmaster', `From: postmaster@b.example\r\nSubject: ${DMARC}`, ''],
    ['of DMARC in lower case', `Subject: ${DMARC.toLowerCase()}`, ''],
  ])('%s is a notification', async (_, headers, text) => {
    const { automatic, handling } = await normalised(mailOf(headers, text), { envelopeFrom: 'reports@b.example' });
    expect([automatic?.class, handling]).toEqual(['notification', 'ordinary']);
  });

  it('that a person asks about is that person’s mail', async () => {
    expect((await normalised(mailOf('Subject: Report Domain: where do I do that?', ''))).automatic).toBeNull();
  });
});

it('a complaint that comes without a report is an abuse report, and leads to its mail', async () => {
  const complaint = (subject: string) =>
    mailOf(
      `From: staff@b.example\r\nSubject: ${subject}\r\nContent-Type: multipart/mixed; boundary=k`,
      '--k\r\nContent-Type: message/rfc822\r\n\r\nFrom: support@acme.example\r\nMessage-ID: <out@acme.example>\r\n\r\nx\r\n--k--',
    );
  const { automatic, handling, references } = await normalised(complaint('complaint about message from 192.0.2.1'));
  expect([automatic?.class, handling]).toEqual(['abuse_report', 'attach_only']);
  expect(references).toEqual([{ kind: 'message_id', value: 'out@acme.example', via: 'bounced_message' }]);
  expect((await normalised(complaint('Complaint about message from your agent'))).automatic).toBeNull();
});

describe('a mark of another ticket system', () => {
  it.each([
    ['X-OTRS-Loop: yes', 'notification'],
    ['X-Znuny-Loop: yes', 'notification'],
    ['X-OTOBO-Loop: yes', 'notification'],
    ['X-OTRS-Loop: no', null],
    ['X-ServiceNow-Generated: true', 'notification'],
    ['X-Libredesk-Loop-Prevention: b.example', 'notification'],
    ['X-FreeScout-Mail-Type: auto.reply', 'auto_reply'],
    ['X-FreeScout-Mail-Type: customer.message', null],
  ])('%j makes %s', async (header, expected) => {
    const { automatic } = await normalised(mailOf(`${header}\r\n${ANSWER}`, 'text'));
    expect(automatic?.class ?? null).toBe(expected);
  });
});

describe('what a gateway put before the subject', () => {
  it.each([
    '[EXTERNAL] ',
    '[EXT] [SPAM?] ',
    '{Spam?} ',
    '***SPAM*** ',
    '*** SPAM *** ',
    '(EXTERN) ',
    'EXTERNAL: ',
    'Extern: ',
    '[Externe E-Mail]',
    '⚠️ ',
  ])('%j hides nothing', async (tag) => {
    const away = mailOf(`Subject: ${tag}Automatic reply: lamp\r\nAuto-Submitted: auto-generated`, 'text');
    const bounce = mailOf(`Subject: ${tag}Undeliverable: lamp\r\nReturn-Path: <>`, 'gone@customer.example');
    const read = mailOf(`Subject: ${tag}Read: lamp\r\n${ANSWER}`, `Your message${ABOUT}was read on Monday.`);
    const references = `References: <out@acme.example>\r\nAuto-Submitted: auto-generated`;
    const answer = mailOf(`Subject: ${tag}AW: lamp\r\n${references}`, 'We have your message.');
    const dmarc = mailOf(`Subject: ${tag}Report Domain: acme.example Submitter: b.example Report-ID: 1`, '');
    const classes = await Promise.all(
      [away, bounce, read, answer, dmarc].map(async (mail) => (await normalised(mail)).automatic?.class),
    );
    expect(classes).toEqual(['out_of_office', 'bounce_hard', 'receipt', 'auto_reply', 'notification']);
  });

  it.each(['[EXTERNAL] Re: Automatic reply: lamp', '[Acme] Lamp', 'Lamp [EXTERNAL] Automatic reply:'])(
    'but %j is the subject of a person',
    async (subject) => {
      const mail = mailOf(`Subject: ${subject}\r\n${ANSWER}`, 'I am out of the office until Monday.');
      expect((await normalised(mail)).automatic).toBeNull();
    },
  );

  it('takes no time, however many there are', async () => {
    for (const piece of ['[', '[a]', '*', '***a*** ', '{', 'ext: ', '(', '⚠️']) {
      const computed = countProcessorTime();
      await normalised(mailOf(`Subject: ${piece.repeat(50_000)}\r\nReturn-Path: <>`, 'text'));
      expect(computed()).toBeLessThan(500);
    }
  });
});
