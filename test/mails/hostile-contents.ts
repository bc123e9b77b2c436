import { HEADER, mail, MB, mixed, told, type HostileMail } from './hostile-mail.js';

const base64Lines = (bytes: number) => `${'QUJDRA'.repeat(12)}\r\n`.repeat(Math.ceil(bytes / 74));

/** A winmail.dat whose attributes claim to be far longer than they are. */
function lyingTnef(): Buffer {
  const lie = Buffer.from('789f3e2201000290060004000000010000000100069007000400ffffffff41414141', 'hex');
  const body = Buffer.concat([lie, Buffer.alloc(500_000, 0xff)]).toString('base64');
  const type = 'Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64';
  return mixed(`--b\r\n\r\nsee the file\r\n--b\r\n${type}\r\n\r\n${body}\r\n`);
}

/** Contents, encodings and line ends after what is known to bring readers of mail down. */
export const HOSTILE_CONTENTS: readonly HostileMail[] = [
  told(
    '2 MB of ISO-2022-JP',
    () => mail('Content-Type: text/plain; charset=iso-2022-jp', '\x1b$B$3$s\x1b(B'.repeat(200_000)),
    {
      text: 'こん',
    },
  ),
  told('2 MB of escapes', () => mail('Content-Type: text/plain; charset=iso-2022-jp', '\x1b'.repeat(2 * MB))),
  told('8 MB of bytes in no charset', () => mail('Content-Type: text/plain', '\xe4\x80 '.repeat(2_700_000))),
  told('8 MB of UTF-7', () => mail('Content-Type: text/plain; charset=utf-7', '+AGE-'.repeat(1_600_000)), {
    text: 'aaa',
  }),
  told(
    'a boundary of 300 characters',
    () => {
      const boundary = 'x'.repeat(300);
      return mail(
        `Content-Type: multipart/mixed; boundary=${boundary}`,
        `--${boundary}\r\n\r\ninside\r\n--${boundary}--\r\n`,
      );
    },
    { text: 'inside' },
  ),
  told(
    'a boundary of special characters',
    () => mail('Content-Type: multipart/mixed; boundary="(a+)+$[.*"', '--(a+)+$[.*\r\n\r\ninside\r\n--(a+)+$[.*--\r\n'),
    { text: 'inside' },
  ),
  told(
    'a boundary that begins another',
    () =>
      mixed(
        '--b\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\ninside\r\n--bb--\r\n--b\r\n\r\nafter\r\n',
      ),
    { text: 'after' },
  ),
  told('no closing boundary', () => mixed('--b\r\n\r\ninside', ''), { text: 'inside' }),
  told('5 MB of lines like boundaries', () => mixed(`--b\r\n\r\ninside\r\n${'--\r\n'.repeat(1_250_000)}`), {
    text: 'inside',
  }),
  told(
    'lines like very long boundaries',
    () => mixed(`--b\r\n\r\ninside\r\n${`--${'b'.repeat(1_900)}\r\n`.repeat(2_500)}`),
    { text: 'inside' },
  ),
  told(
    '20 MB of base64 that is none',
    () =>
      mixed(
        `--b\r\n\r\ntext\r\n--b\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n${'!=?*'.repeat(5 * MB)}\r\n`,
      ),
    {
      text: 'text',
      attachments: 1,
    },
  ),
  told(
    '9 MB of padding',
    () =>
      mixed(
        `--b\r\n\r\ntext\r\n--b\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n${'QQ=='.repeat(2.2 * MB)}\r\n`,
      ),
    {
      text: 'text',
      attachments: 1,
    },
  ),
  told('9 MB of soft line breaks', () =>
    mail('Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable', `a${'=\r\n'.repeat(3 * MB)}`),
  ),
  told('9 MB of blanks before line ends', () =>
    mail('Content-Transfer-Encoding: quoted-printable', `=41${' '.repeat(9 * MB)}\r\n`),
  ),
  told('9 MB of equals signs', () => mail('Content-Transfer-Encoding: quoted-printable', '='.repeat(9 * MB))),
  told('8 MB of line ends', () => mail('Content-Type: text/plain', `text${'\r\n'.repeat(4 * MB)}`), { text: 'text' }),
  told('8 MB of CR', () => mail('Content-Type: text/plain', `text${'\r'.repeat(8 * MB)}`), { text: 'text' }),
  told('8 MB that flow', () => mail('Content-Type: text/plain; format=flowed', 'a \r\n'.repeat(2 * MB)), {
    text: 'a a',
  }),
  told('8 MB of quote marks', () => mail('Content-Type: text/plain; format=flowed', '>'.repeat(8 * MB))),
  told('a million beginnings of uuencoded files', () =>
    mail('Content-Type: text/plain', 'begin 644 a\r\n'.repeat(600_000)),
  ),
  told('a uuencoded file without end', () =>
    mail('Content-Type: text/plain', `begin 644 a\r\n${`M${'!'.repeat(60)}\r\n`.repeat(100_000)}`),
  ),
  told('uuencoded files that never end', () =>
    mail('Content-Type: text/plain', 'begin 644 a\r\nM\r\n'.repeat(400_000)),
  ),
  told('a winmail.dat that lies about its lengths', lyingTnef, { text: 'see the file', attachments: 1 }),
  told(
    'a calendar of 5 MB',
    () =>
      mixed(
        `--b\r\n\r\ntext\r\n--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n${'BEGIN:VEVENT\r\n'.repeat(350_000)}\r\n`,
      ),
    {
      text: 'text',
      attachments: 1,
    },
  ),
  told(
    'an archive of 40 MB of nothing',
    () =>
      mixed(
        `--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/zip; name=bomb.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Lines(5 * MB)}`,
      ),
    {
      text: 'text',
      attachments: 1,
    },
  ),
  told(
    'UTF-16 with a byte order mark',
    () =>
      Buffer.concat([mail('Content-Type: text/plain; charset=utf-8'), Buffer.from('\ufeffin two bytes', 'utf16le')]),
    { text: 'in two bytes' },
  ),
  told(
    'line ends of CR alone',
    () => Buffer.from(mixed('--b\r\n\r\ninside\r\n').toString('latin1').replaceAll('\r\n', '\r')),
    { text: 'inside' },
  ),
  told(
    'line ends of LF alone',
    () => Buffer.from(mixed('--b\r\n\r\ninside\r\n').toString('latin1').replaceAll('\r\n', '\n')),
    { text: 'inside' },
  ),
  told(
    'line ends of both kinds',
    () => Buffer.from(mixed('--b\r\n\r\ninside\r\n').toString('latin1').replaceAll('\r\n--', '\n--')),
    { text: 'inside' },
  ),
  told('NUL in the text', () => mail('Content-Type: text/plain', `before${'\0'.repeat(MB)}after`), {
    text: 'beforeafter',
  }),
  told('nothing but NUL', () => Buffer.alloc(9 * MB), { subject: '' }),
  told('nothing', () => Buffer.alloc(0), { subject: '' }),
  told('a header and nothing else', () => Buffer.from(`${HEADER}Subject: hostile`)),
  told('bytes of every value', () => Buffer.from(Array.from({ length: MB }, (_u, index) => (index * 7919) % 256)), {
    subject: '',
  }),
];
