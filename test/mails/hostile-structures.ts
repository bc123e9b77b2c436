import { HEADER, html, mail, MB, mixed, told, type HostileMail } from './hostile-mail.js';

/** How deep multiparts lie in each other. */
function nested(depth: number): Buffer {
  const levels = Array.from({ length: depth }, (_unused, level) => level);
  const open = levels.map((level) => `--b${level}\r\nContent-Type: multipart/mixed; boundary=b${level + 1}\r\n\r\n`);
  const text = `--b${depth}\r\n\r\nat the bottom\r\n`;
  const close = levels.map((level) => `--b${depth - level}--\r\n`);
  return mail('Content-Type: multipart/mixed; boundary=b0', `${open.join('')}${text}${close.join('')}`);
}

function nestedMails(depth: number): Buffer {
  const inner = 'Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n'.repeat(depth);
  return mixed(`--b\r\n\r\nouter text\r\n--b\r\n${inner}\r\nthe end\r\n`);
}

/** Headers, structures and markup after what is known to bring readers of mail down. */
export const HOSTILE_STRUCTURES: readonly HostileMail[] = [
  told('a table of 170,000 rows', () => html(`<table>${'<tr><td>a</td><td>b</td></tr>'.repeat(170_000)}</table>`), {
    text: 'a b',
  }),
  told('100,000 nested divs', () => html(`shown${'<div>'.repeat(100_000)}`), { text: 'shown' }),
  told('100,000 nested tables', () => html(`shown${'<table><tr><td>'.repeat(100_000)}`), { text: 'shown' }),
  told('HTML with 5 MB of unclosed tags', () => html(`shown${'<'.repeat(5 * MB)}`)),
  told('HTML with 5 MB of ampersands', () => html(`shown${'&'.repeat(5 * MB)}`)),
  told('HTML with a million links', () => html('<a href="https://a.example/">x</a>'.repeat(150_000)), { text: 'x' }),
  told('HTML with one attribute of 5 MB', () => html(`shown <a href="${'x'.repeat(5 * MB)}`)),
  told('HTML with 5 MB of comments', () => html(`shown${'<!--'.repeat(1_250_000)}`)),
  told('2,000 multiparts in each other', () => nested(2_000)),
  told('100 multiparts in each other', () => nested(100), { text: 'at the bottom' }),
  told(
    '5,000 parts',
    () => mixed('--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n'.repeat(5_000)),
    {
      attachments: 1_000,
    },
  ),
  told('200,000 parts without headers', () => mixed('--b\r\n\r\nx\r\n'.repeat(200_000)), { text: 'x' }),
  told('200,000 parts that are cut off', () => mixed('--b\r\nContent-Type: text/plain\r\n'.repeat(200_000))),
  told('multiparts that all share a boundary', () =>
    mixed('--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'.repeat(50_000)),
  ),
  told('boundaries without empty lines', () =>
    mixed('--b\r\nContent-Type: multipart/mixed; boundary=b\r\n'.repeat(100_000)),
  ),
  told(
    '50,000 recipients',
    () => mail(`To: ${Array.from({ length: 50_000 }, (_u, i) => `p${i}@a.example`).join(',\r\n ')}`, 'text'),
    {
      text: 'text',
    },
  ),
  told('50,000 recipients in 50,000 lines', () => mail('To: p@a.example\r\n'.repeat(50_000).trimEnd(), 'text'), {
    text: 'text',
  }),
  told('groups in groups', () => mail(`To: ${'g:'.repeat(50_000)}`, 'text'), { text: 'text' }),
  told('a header of 2 MB', () => mail(`X-Fill: ${'x'.repeat(998)}\r\n`.repeat(2_000).trimEnd(), 'text'), {
    text: 'text',
  }),
  told('a header line of 5 MB', () => mail(`X-Fill: ${'x'.repeat(5 * MB)}`, 'text'), { text: 'text' }),
  told('an unknown header 200,000 times', () => mail('X-A: b\r\n'.repeat(200_000).trimEnd(), 'text'), { text: 'text' }),
  told('a folded line of 200,000 pieces', () => mail(`References: <a@b.example>${'\r\n '.repeat(200_000)}x`, 'text'), {
    text: 'text',
  }),
  told('20,000 references', () => mail(`References: ${'<ref@customer.example>\r\n '.repeat(20_000).trim()}`, 'text'), {
    text: 'text',
  }),
  told(
    '100,000 comments in each other',
    () => mail(`To: ${'('.repeat(100_000)} <a@b.example>\r\nDate: ${'('.repeat(100_000)}`, 'text'),
    {
      text: 'text',
    },
  ),
  told('comments in a content type', () => mail(`Content-Type: text/plain ${'('.repeat(500_000)}`, 'text'), {
    text: 'text',
  }),
  told(
    '10 MB of encoded words',
    () => Buffer.from(`${HEADER}Subject: ${'=?utf-8?Q?a?= '.repeat(700_000)}\r\n\r\ntext`),
    {
      subject: 'a'.repeat(18_000),
      text: 'text',
    },
  ),
  told('9 MB of beginnings of encoded words', () => mail(`To: ${'=?'.repeat(4.5 * MB)}`, 'text'), { text: 'text' }),
  told(
    '5,000 pieces of a file name',
    () => {
      const pieces = Array.from({ length: 5_000 }, (_u, index) => `;\r\n filename*${index}*=%C3%BC`).join('');
      return mixed(
        `--b\r\n\r\ntext\r\n--b\r\nContent-Type: a/b\r\nContent-Disposition: attachment${pieces}\r\n\r\nx\r\n`,
      );
    },
    { text: 'text', attachments: 1 },
  ),
  told('half a million parameters', () => mail(`Content-Type: text/plain${'; a=b'.repeat(500_000)}`, 'text'), {
    text: 'text',
  }),
  told('a parameter of 3 MB in quotes', () =>
    mail(`Content-Type: text/plain; name="${'\\"'.repeat(1_500_000)}`, 'text'),
  ),
  told('300 mails in each other', () => nestedMails(300), { text: 'outer text', attachments: 1 }),
];
