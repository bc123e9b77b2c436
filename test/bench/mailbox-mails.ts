import { createHash } from 'node:crypto';
import { aMail, bytesOf } from '../mails/a-mail.js';

/** Most characters of a line (RFC 2045 §6.7). */
const LINE = 76;
const SENTENCE = 'The second lamp arrived today and the switch does not do anything at all. ';
const PARAGRAPH = `<p style="margin:0 0 12px 0;font-family:Arial,sans-serif">Größe passt – ${SENTENCE.repeat(3)}</p>\n`;
const SENDERS = 300;

/**
 * A day's mails, of 3 to 90 KB: short plain answers, text with HTML, the same with the sender's logo, the same with a photo;
 * headers as mails have them after three servers. The same run gives the same mails.
 */
export function mixedMails(run: string, count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = index % 20;
    const mail = { run, index };
    const texts = kind < 5 ? plain(4 + (index % 40)) : alternative(index, 10 + (index % 50));
    if (kind < 14) {
      return bytesOfMail(mail, texts);
    }
    const logo = image(`logo ${index % SENDERS}`, 4_000 + (index % 7) * 1_000, 'inline');
    const photo = image(`${run} ${index}`, 15_000 + (index % 9) * 5_000, 'attachment');
    return bytesOfMail(mail, multipart(kind < 17 ? 'related' : 'mixed', index, [texts, kind < 17 ? logo : photo]));
  });
}

/** Mails with a photo of about 2 MB. */
export function largeMails(run: string, count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const photo = image(`${run} ${index}`, 1.5 * 1024 * 1024, 'attachment');
    return bytesOfMail({ run, index }, multipart('mixed', index, [plain(5), photo]));
  });
}

/** A part as it stands in a mail: what its header says, and its encoded content. */
interface Part {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly content: string;
}

function plain(sentences: number): Part {
  const quoted = lines(sentences * 2).replaceAll(/^(?=.)/gm, '> ');
  const content = `Hello,\n\n${lines(sentences)}\n\nOn Thu, 19 Nov 2026 at 10:12, Acme Support <support@acme.example> wrote:\n${quoted}`;
  return { fields: [['Content-Type', 'text/plain; charset=utf-8']], content };
}

/** Quoted-printable, as most mail programs send it. */
function alternative(index: number, paragraphs: number): Part {
  const html = `<html><body>${PARAGRAPH.repeat(paragraphs)}<p>Order <b>${index}</b></p></body></html>\n`;
  const contents: [type: string, content: string][] = [
    ['text/plain', `Hello,\n\n${lines(paragraphs * 3)}\nOrder ${index}\n`],
    ['text/html', html],
  ];
  const parts = contents.map(([type, content]): Part => {
    const fields: Part['fields'] = [
      ['Content-Type', `${type}; charset=utf-8`],
      ['Content-Transfer-Encoding', 'quoted-printable'],
    ];
    return { fields, content: quotedPrintable(content) };
  });
  return multipart('alternative', index, parts);
}

/** Bytes that no other image has, unless it has the same seed. */
function image(seed: string, bytes: number, disposition: 'inline' | 'attachment'): Part {
  const content = createHash('shake256', { outputLength: bytes }).update(seed).digest('base64');
  return {
    fields: [
      ['Content-Type', 'image/jpeg; name="lamp.jpg"'],
      ['Content-Transfer-Encoding', 'base64'],
      ['Content-Disposition', `${disposition}; filename="lamp.jpg"`],
      ['Content-ID', `<image-${seed.replaceAll(' ', '-')}@shop.example>`],
    ],
    content: `${content.replaceAll(/.{76}/g, '$&\n')}\n`,
  };
}

function multipart(subtype: string, index: number, parts: readonly Part[]): Part {
  const boundary = `edge-${subtype}-${index}`;
  const written = parts.map(({ fields, content }) => {
    return `--${boundary}\n${fields.map(([name, value]) => `${name}: ${value}\n`).join('')}\n${content}\n`;
  });
  return {
    fields: [['Content-Type', `multipart/${subtype}; boundary="${boundary}"`]],
    content: `${written.join('')}--${boundary}--\n`,
  };
}

function bytesOfMail({ run, index }: { run: string; index: number }, { fields, content }: Part): Buffer {
  const sender = index % SENDERS;
  return bytesOf(
    aMail({
      messageId: `${run}-${index}@shop.example`,
      from: `person${sender}@shop.example`,
      fromName: `Person ${sender}`,
      subject: `Order ${index}`,
      text: content,
      inReplyTo: index % 3 === 0 ? null : `case-${run}-${index}@acme.example`,
      references: index % 3 === 0 ? [] : [`first-${run}-${index}@shop.example`, `case-${run}-${index}@acme.example`],
      headers: [...onTheWay(index), ['MIME-Version', '1.0'], ...fields],
    }),
  );
}

/** What servers add to a mail. */
function onTheWay(index: number): [name: string, value: string][] {
  const signature = createHash('shake256', { outputLength: 256 }).update(String(index)).digest('base64');
  const folded = signature.replaceAll(/.{70}/g, '$&\r\n\t');
  const signed = 'h=from:to:subject:date:message-id:in-reply-to:references:mime-version';
  const hop = (from: string, by: string): [string, string] => [
    'Received',
    `from ${from} (${from} [192.0.2.${index % 250}])\r\n\tby ${by} with ESMTPS id ${index}x4Y\r\n\tfor <support@acme.example>; Fri, 20 Nov 2026 09:00:01 +0000`,
  ];
  return [
    hop('mx.acme.example', 'store.acme.example'),
    hop('out.shop.example', 'mx.acme.example'),
    hop('desk.shop.example', 'out.shop.example'),
    ['DKIM-Signature', `v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.example; s=k1;\r\n\t${signed};\r\n\tb=${folded}`],
    ['ARC-Seal', `i=1; a=rsa-sha256; t=1795165201; cv=none; d=relay.example; s=arc;\r\n\tb=${folded}`],
    [
      'ARC-Message-Signature',
      `i=1; a=rsa-sha256; c=relaxed/relaxed; d=relay.example; s=arc; ${signed};\r\n\tb=${folded}`,
    ],
    ['Authentication-Results', `mx.acme.example; dkim=pass header.d=shop.example; spf=pass; dmarc=pass`],
    ['X-Mailer', 'Mailer 12.1'],
    ['X-Originating-IP', '[198.51.100.7]'],
    ['Accept-Language', 'en-GB, pt-PT'],
    ['Thread-Topic', `Order ${index}`],
  ];
}

function lines(sentences: number): string {
  return SENTENCE.repeat(sentences).replaceAll('. ', '.\n');
}

/** Soft line breaks keep escapes whole. */
function quotedPrintable(text: string): string {
  return text.split('\n').map(encodeLine).join('\n');
}

function encodeLine(line: string): string {
  let encoded = '';
  let column = 0;
  for (const byte of Buffer.from(line)) {
    const next = byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte);
    const breaks = column + next.length >= LINE;
    encoded += breaks ? `=\n${next}` : next;
    column = breaks ? next.length : column + next.length;
  }
  return encoded;
}
