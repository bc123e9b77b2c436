import { aMail, bytesOf } from '../mails/a-mail.js';

const SENTENCE = 'We ordered two lamps on the 12th and one of them came broken: the glass is cracked. ';
const HEADERS: readonly (readonly [string, string])[] = [
  [
    'Received',
    'from mail.shop.example (mail.shop.example [192.0.2.7]) by mx.acme.example with ESMTPS id 4Xy; Fri, 20 Nov 2026 09:00:01 +0000',
  ],
  ['DKIM-Signature', `v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.example; s=k1; b=${'Qm9yaW5n'.repeat(40)}`],
  ['X-Mailer', 'Mailer 12.1'],
];

/** A mail of about 6 KB: text and HTML, the headers that mails have on their way. Every index is another mail. */
export function sixKilobytes(run: string, index: number): Buffer {
  const text = `Good morning,\n\n${SENTENCE.repeat(21)}\n\nOrder ${index}\n`;
  const html = `<html><body><p>Good morning,</p><p>${SENTENCE.repeat(37)}</p><p>Order <b>${index}</b></p></body></html>`;
  return mailOf(run, index, [
    ['text/plain; charset=utf-8', text],
    ['text/html; charset=utf-8', html.replaceAll('. ', '.\n')],
  ]);
}

/** A mail whose attachment makes it as large as told. */
export function withAttachment(run: string, index: number, bytes: number): Buffer {
  const line = `${'QUJD'.repeat(19)}\n`;
  return mailOf(run, index, [
    ['text/plain; charset=utf-8', `Order ${index}, photo attached.\n`],
    [
      'image/jpeg; name="lamp.jpg"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="lamp.jpg"',
      line.repeat(Math.ceil(bytes / (line.length + 1))),
    ],
  ]);
}

function mailOf(run: string, index: number, parts: readonly (readonly [type: string, content: string])[]): Buffer {
  const body = parts.map(([type, content]) => `--edge-${index}\nContent-Type: ${type}\n\n${content}\n`).join('');
  return bytesOf(
    aMail({
      messageId: `${run}-${index}@shop.example`,
      from: `person${index}@shop.example`,
      fromName: `Person ${index}`,
      subject: `Order ${index} came broken`,
      text: `${body}--edge-${index}--\n`,
      headers: [...HEADERS, ['MIME-Version', '1.0'], ['Content-Type', `multipart/mixed; boundary="edge-${index}"`]],
    }),
  );
}
