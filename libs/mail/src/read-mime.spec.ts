import { describe, expect, it } from '@jest/globals';
import { memoryParts, sourceOfBytes } from './memory-parts.js';
import { parseMail } from './parse-mail.js';

async function parsed(header: string, body = '') {
  const parts = memoryParts();
  const mail = Buffer.from(`Message-ID: <x@y.example>\r\n${header}\r\n\r\n${body}`, 'latin1');
  const payload = await parseMail(sourceOfBytes(mail), parts);
  const files = payload.attachments.map(({ name, sha256 }) => [name, parts.contents.get(sha256)?.toString('latin1')]);
  return { payload, files };
}

const der = (tag: number, ...content: Buffer[]) => {
  const value = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, 0x82, value.length >> 8, value.length & 0xff]), value]);
};

const multipart = (type: string, ...parts: string[]) =>
  parsed(
    `Content-Type: multipart/${type}; boundary=b`,
    `${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`,
  );

describe('what a person reads', () => {
  it('holds text and HTML that follow each other, in both forms', async () => {
    const { payload, files } = await multipart(
      'mixed',
      'Content-Type: text/plain\r\n\r\nfirst <b>',
      'Content-Type: text/html\r\n\r\n<p>second</p>',
      'Content-Type: text/plain; name=log.txt\r\n\r\nlog',
      '\r\nfooter',
    );
    expect(payload.text).toBe('first <b>\nsecond\nfooter');
    expect(payload.html).toMatch(/first &lt;b&gt;.*<p>second<\/p>.*footer/s);
    expect(files).toEqual([['log.txt', 'log']]);
  });

  it('is said once by an alternative', async () => {
    const { payload } = await multipart('alternative', '\r\nplain', 'Content-Type: text/html\r\n\r\n<p>rich</p>');
    expect([payload.text, payload.html]).toEqual(['plain', '<p>rich</p>']);
  });

  it('is the text of an unknown type when there is no other', async () => {
    const { payload, files } = await parsed('Content-Type: text/enriched', 'said');
    expect([payload.text, files]).toEqual(['said', [['attachment-1.txt', 'said']]]);
  });

  it.each([
    ['SGVsbG8K\r\n-- \r\nThe list', 'Hello\n-- \nThe list'],
    ['No base64, but words.', 'No base64, but words.'],
    ['SGVs!bG8', 'Hello'],
    ['SGVsbG8=\r\nSGVsbG8=', 'HelloHello'],
    ['SGVsbG8== ignored', 'Hello'],
  ])('is told from base64 that is none: %j', async (body, text) => {
    expect((await parsed('Content-Transfer-Encoding: base64', body)).payload.text).toBe(text);
  });

  it('flows (RFC 3676)', async () => {
    const { payload } = await parsed(
      'Content-Type: text/plain; format=flowed; delsp=yes',
      'ab \r\ncd\r\n> q \r\n> r\r\n-- \r\nsignature',
    );
    expect(payload.text).toBe('abcd\n> qr\n-- \nsignature');
  });

  it('loses files that were written into the text, to the attachments', async () => {
    const { payload, files } = await parsed('X: y', 'see\r\nbegin 644 a.txt\r\n#86)C\r\n`\r\nend\r\nbye');
    expect(payload).toMatchObject({ text: 'see\nbye', flags: ['uuencode_unpacked'] });
    expect(files).toEqual([['a.txt', 'abc']]);
  });

  it('is decoded from HTML by what the HTML says of itself', async () => {
    const { payload } = await parsed('Content-Type: text/html', '<meta charset=koi8-r><p>\xf0\xd2\xc9\xd7\xc5\xd4');
    expect(payload.text).toBe('Привет');
  });

  it('notes a guessed charset, and reads the subject in the charset of the text', async () => {
    const guessed = await parsed('Subject: Gr\xfc\xdfe', 'Gr\xfc\xdfe');
    expect(guessed.payload).toMatchObject({ subject: 'Grüße', text: 'Grüße', flags: ['charset_guessed'] });
    const named = await parsed('Subject: \xb1\xea\xbf\nContent-Type: text/plain; charset=iso-8859-2', '\xb1');
    expect(named.payload).toMatchObject({ subject: 'ąężż'.slice(0, 2) + 'ż', text: 'ą' });
  });
});

describe('what is kept whole', () => {
  it.each([
    ['signed; protocol="application/pgp-signature"', 'pgp_signed', ['signature.asc']],
    ['signed; protocol="application/pkcs7-signature"', 'smime_signed', ['signature.asc']],
  ])('a mail that is %s, with its text', async (type, flag, names) => {
    const { payload, files } = await multipart(
      type,
      '\r\nsigned text',
      'Content-Type: application/pgp-signature\r\n\r\nx',
    );
    expect(payload).toMatchObject({ text: 'signed text', flags: [flag] });
    expect(files.map(([name]) => name)).toEqual(names);
  });

  it('what PGP encrypted', async () => {
    const { payload, files } = await multipart(
      'encrypted; protocol="application/pgp-encrypted"',
      'Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1',
      'Content-Type: application/octet-stream\r\n\r\nsecret',
    );
    expect(payload.flags).toEqual(['pgp_encrypted']);
    expect(files).toEqual([
      ['version.asc', 'Version: 1'],
      ['encrypted.asc', 'secret'],
    ]);
  });

  it.each([
    ['enveloped-data', 'smime_encrypted'],
    ['signed-data', 'smime_signed'],
  ])('S/MIME of %s', async (type, flag) => {
    const { payload, files } = await parsed(`Content-Type: application/pkcs7-mime; smime-type=${type}`, 'secret');
    expect([payload.flags, files]).toEqual([[flag], [['smime.p7m', 'secret']]]);
  });

  it.each([
    ['in one piece', (content: Buffer) => der(0x04, content)],
    ['in pieces', (content: Buffer) => der(0x24, der(0x04, content.subarray(0, 30)), der(0x04, content.subarray(30)))],
  ])('an opaque signature, whose content is read: %s', async (_how, octets) => {
    const inner = Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\nsigned text');
    const idData = Buffer.from('06092a864886f70d010701', 'hex');
    const cms = der(
      0x30,
      Buffer.from('06092a864886f70d010702', 'hex'),
      der(0xa0, der(0x30, idData, der(0xa0, octets(inner)))),
    );
    const header = 'Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64';
    const { payload } = await parsed(header, cms.toString('base64'));
    expect(payload).toMatchObject({ text: 'signed text', flags: ['smime_signed'] });
    expect(payload.attachments).toMatchObject([{ name: 'smime.p7m', size: cms.length }]);
  });

  it.each([
    ['-----BEGIN PGP MESSAGE-----', 'pgp_encrypted'],
    ['-----BEGIN PGP SIGNED MESSAGE-----', 'pgp_signed'],
  ])('%s within the text', async (text, flag) => {
    expect((await parsed('X: y', text)).payload).toMatchObject({ text, flags: [flag] });
  });

  it('invitations, cards, attached mails and pieces of mails, each with a name', async () => {
    const { files } = await multipart(
      'mixed',
      '\r\ntext',
      'Content-Type: text/calendar; method=REQUEST\r\nContent-Disposition: inline\r\n\r\nBEGIN:VCALENDAR',
      'Content-Type: text/vcard\r\n\r\nBEGIN:VCARD',
      'Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?Q?a/b?=\r\n\r\ninner',
      'Content-Type: message/partial; id=x\r\n\r\nhalf',
      'Content-Type: message/external-body; access-type=x\r\n\r\nelsewhere',
    );
    const names = ['invite.ics', 'contact.vcf', 'a_b.eml', 'message-part.eml', 'external-body.txt'];
    expect(files.map(([name]) => name)).toEqual(names);
  });

  it('files whose names are written in ISO-2022-JP without saying so', async () => {
    const { payload, files } = await multipart(
      'mixed',
      'Content-Disposition: attachment; filename="\x1b$BF|K\\\x1b(B.pdf"\r\nContent-Transfer-Encoding: "base64" (said so)\r\n\r\nYQ==',
    );
    expect([payload.subject, files]).toEqual(['', [['日本.pdf', 'a']]]);
    expect((await parsed('Subject: Re: \x1b$BF|K\\\x1b(B')).payload.subject).toBe('Re: 日本');
  });

  it('files whose names are raw bytes, in the charset of the part or as UTF-8', async () => {
    const { files } = await multipart(
      'mixed',
      '\r\ntext',
      'Content-Type: text/csv; charset=koi8-r; name="\xd0\xd2.csv"\r\n\r\n1',
      'Content-Type: a/b\r\nContent-Disposition: attachment; filename="R\xc3\xbcbe.pdf"\r\n\r\n2',
      'Content-Type: a/b\r\nContent-Disposition: attachment; filename="R\xfcbe.doc"\r\n\r\n3',
    );
    expect(files.map(([name]) => name)).toEqual(['пр.csv', 'Rübe.pdf', 'Rübe.doc']);
  });

  it('a digest, as mails', async () => {
    const { payload, files } = await multipart('digest', '\r\nSubject: one\r\n\r\n1', '\r\nSubject: two\r\n\r\n2');
    expect(payload.attachments.map(({ mediaType }) => mediaType)).toEqual(['message/rfc822', 'message/rfc822']);
    expect(files.map(([name]) => name)).toEqual(['one.eml', 'two.eml']);
  });

  it('images inside HTML, bound by their id or their place', async () => {
    const { payload } = await multipart(
      'related',
      'Content-Type: text/html\r\n\r\n<img src="cid:i1"><img src="pic/a.png">',
      'Content-Type: image/png\r\nContent-ID: <i1>\r\n\r\n1',
      'Content-Type: image/gif\r\nContent-Location: pic/a.png\r\n\r\n2',
    );
    expect(payload.attachments).toMatchObject([
      { name: 'attachment-1.png', contentId: 'i1', inline: true },
      { name: 'attachment-2.gif', contentId: 'pic/a.png', inline: true },
    ]);
  });
});

describe('structures that are broken', () => {
  it.each([
    ['a boundary without declaration', 'Content-Type: multipart/mixed', '--b\r\n\r\ninside\r\n--b--\r\n'],
    [
      'no semicolon before the boundary',
      'Content-Type: multipart/mixed\r\n\tboundary=b',
      '--b\r\n\r\ninside\r\n--b--\r\n',
    ],
    ['blanks after the boundary', 'Content-Type: multipart/mixed; boundary=b', '--b  \r\n\r\ninside\r\n--b-- \t\r\n'],
    ['parts after the end', 'Content-Type: multipart/mixed; boundary=b', '--b--\r\n--b\r\n\r\ninside\r\n'],
    ['a cut header', 'Content-Type: multipart/mixed; boundary=b', '--b\r\nX: y\r\n--b\r\n\r\ninside\r\n'],
    ['no parts', 'Content-Type: multipart/mixed; boundary=b', 'inside'],
    ['an unknown encoding', 'Content-Transfer-Encoding: x-none', 'inside'],
  ])('%s', async (_name, header, body) => {
    expect((await parsed(header, body)).payload.text.trim()).toBe('inside');
  });

  it('an inner multipart that the outer boundary interrupts', async () => {
    const inner = 'Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\none';
    const { payload } = await multipart('mixed', inner, '\r\ntwo\r\n--c\r\n\r\nthree');
    expect(payload.text.split('\n').sort()).toEqual(['one', 'three', 'two']);
  });
});
