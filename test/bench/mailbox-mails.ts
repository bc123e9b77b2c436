import { withAttachment } from './bench-mails.js';
import { aMail, bytesOf } from '../mails/a-mail.js';

/** Most characters of a line (RFC 2045 §6.7). */
const LINE = 76;
const SENTENCE = 'The second lamp arrived today and the switch does not do anything at all. ';
const PARAGRAPH = `<p style="margin:0 0 12px 0;font-family:Arial,sans-serif">Größe passt – ${SENTENCE.repeat(3)}</p>\n`;

/** A day's mails: short plain answers, text with HTML, and photos; 1 to 60 KB. The same run gives the same mails. */
export function mixedMails(run: string, count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = index % 20;
    if (kind < 6) {
      return shortAnswer(run, index, 4 + (index % 40));
    }
    if (kind < 14) {
      return withHtml(run, index, 10 + (index % 50));
    }
    return withAttachment(run, index, 20_000 + (index % 9) * 5_000);
  });
}

/** Mails with a photo of about 2 MB. */
export function largeMails(run: string, count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => withAttachment(run, index, 2 * 1024 * 1024));
}

function shortAnswer(run: string, index: number, sentences: number): Buffer {
  return mailOf(run, index, 'text/plain; charset=utf-8', `Hello,\n\n${lines(sentences)}\nOrder ${index}\n`);
}

/** Quoted-printable, as most mail programs send it. */
function withHtml(run: string, index: number, paragraphs: number): Buffer {
  const html = `<html><body>${PARAGRAPH.repeat(paragraphs)}<p>Order <b>${index}</b></p></body></html>\n`;
  const parts = [
    ['text/plain', `Hello,\n\n${lines(paragraphs * 3)}\nOrder ${index}\n`],
    ['text/html', html],
  ].map(([type = '', content = '']) => {
    const head = `Content-Type: ${type}; charset=utf-8\nContent-Transfer-Encoding: quoted-printable`;
    return `--edge-${index}\n${head}\n\n${quotedPrintable(content)}\n`;
  });
  const type = `multipart/alternative; boundary="edge-${index}"`;
  return mailOf(run, index, type, `${parts.join('')}--edge-${index}--\n`);
}

function mailOf(run: string, index: number, type: string, text: string): Buffer {
  return bytesOf(
    aMail({
      messageId: `${run}-${index}@shop.example`,
      from: `person${index % 300}@shop.example`,
      fromName: `Person ${index % 300}`,
      subject: `Order ${index}`,
      text,
      headers: [
        ['MIME-Version', '1.0'],
        ['Content-Type', type],
      ],
    }),
  );
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
