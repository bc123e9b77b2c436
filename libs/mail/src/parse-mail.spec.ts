import { describe, expect, it } from '@jest/globals';
import { fixtureMail } from '#libs/testing';
import { PartStoreFailure } from './content/stored-parts.js';
import { memoryParts, sourceOfBytes } from './memory-parts.js';
import { parseMail } from './parse-mail.js';

async function parsed(fixture: string | Buffer) {
  const bytes = Buffer.isBuffer(fixture) ? fixture : fixtureMail(fixture);
  const parts = memoryParts();
  const payload = await parseMail(sourceOfBytes(bytes), parts);
  const content = (sha256: string | undefined) => parts.contents.get(sha256 ?? '')?.toString();
  return { payload, html: payload.html, content };
}

const mail = (header: string, body: string) => Buffer.from(`${header}\r\nMessage-ID: <x@y.example>\r\n\r\n${body}`);

describe('what a mail says', () => {
  it('reads a plain mail', async () => {
    const { payload } = await parsed('plain');
    expect(payload).toMatchObject({
      messageId: 'lamp-1@customer.example',
      from: [{ name: 'Maria Silva', address: 'maria@customer.example' }],
      to: [{ name: '', address: 'support@acme.example' }],
      subject: 'Broken lamp',
      date: '2026-03-02T10:15:00.000Z',
      text: 'The lamp arrived broken.\nCan you send a new one? Café, naïve, 日本.\n',
      htmlReference: null,
      attachments: [],
      flags: [],
    });
  });

  it('makes text of HTML when there is no other text, and keeps the HTML', async () => {
    const { payload, html } = await parsed('html-only');
    expect(payload.subject).toBe('Rechnung für März');
    expect(payload.text).toBe(
      'Dear team,\n\nplease send the invoice for März & April.\n\n* first\n* second\n\nthe shop [https://shop.example/1]\nBye',
    );
    expect(html).toContain('<b>invoice</b>');
    expect(payload.htmlReference).toBeNull();
  });

  it.each([
    [64 * 1024, 'in the record'],
    [64 * 1024 + 1, 'in the blob store'],
  ])('keeps HTML of %i bytes %s', async (bytes) => {
    const html = `<p>é${'x'.repeat(bytes - 9)}</p>`;
    const { payload, content } = await parsed(mail('Content-Type: text/html; charset=utf-8', html));
    const stored = content(payload.htmlReference?.sha256);
    expect([payload.html, stored]).toEqual(bytes > 64 * 1024 ? [null, html] : [html, undefined]);
  });

  it('keeps inline images as attachments bound to their content id', async () => {
    const { payload, html } = await parsed('alternative-related');
    expect(payload.text.trim()).toBe('See the picture.');
    expect(html).toContain('cid:photo@customer.example');
    expect(payload.attachments).toMatchObject([
      { name: 'photo.png', mediaType: 'image/png', contentId: 'photo@customer.example', inline: true },
    ]);
  });

  it('names attachments without paths and gives the nameless a name', async () => {
    const { payload, content } = await parsed('attachments');
    expect(payload.attachments.map(({ name, mediaType, inline }) => [name, mediaType, inline])).toEqual([
      ['Rechnung ü.pdf', 'application/pdf', false],
      ['list.csv', 'text/csv', false],
      ['invite.ics', 'text/calendar', false],
    ]);
    expect(content(payload.attachments[0]?.sha256)).toBe('%PDF-1.4\n');
  });

  it('keeps an attached mail whole', async () => {
    const { payload, content } = await parsed('attached-message');
    expect(payload.text.trim()).toBe('See attached.');
    expect(payload.attachments).toMatchObject([{ name: 'Inner.eml', mediaType: 'message/rfc822' }]);
    expect(content(payload.attachments[0]?.sha256)).toContain('Message-ID: <inner-1@customer.example>');
  });

  it('takes ids out of phrases, commas and comments', async () => {
    const { payload } = await parsed('reply');
    expect(payload.inReplyTo).toEqual(['lamp-1@customer.example']);
    expect(payload.references).toEqual([
      'root-0@customer.example',
      'lamp-0@customer.example',
      'lamp-1@customer.example',
    ]);
  });
});

describe('scenario 44: hostile and careless headers', () => {
  it.each([
    ['eight-bit-header', 'Grüße aus Köln', 'Jürgen', 'Schöne Grüße.'],
    ['eight-bit-utf8-header', 'Grüße aus Köln 日本', 'Jürgen', 'Schöne Grüße.'],
  ])('reads undeclared 8-bit headers of %s', async (fixture, subject, name, text) => {
    const { payload } = await parsed(fixture);
    expect([payload.subject, payload.from[0]?.name, payload.text.trim()]).toEqual([subject, name, text]);
  });

  it('has no Message-ID when there is none', async () => {
    const { payload } = await parsed('missing-message-id');
    expect(payload.messageId).toBeNull();
  });

  it('reads 300 References in order', async () => {
    const { payload } = await parsed('many-references');
    expect(payload.references).toHaveLength(300);
    expect(payload.references[299]).toBe('ref-299@customer.example');
  });

  it.each(['empty-subject', 'no-subject'])('reads %s as an empty text', async (fixture) => {
    const { payload } = await parsed(fixture);
    expect(payload.subject).toBe('');
  });

  it('keeps a subject of over 5,000 characters on one line', async () => {
    const { payload } = await parsed('long-subject');
    expect(payload.subject.length).toBe(5559);
    expect(payload.subject).not.toMatch(/[\r\n]/);
  });

  it('strips NUL and line breaks', async () => {
    const { payload } = await parsed('nul-bytes');
    expect(payload.subject).toBe('A B line break');
    expect(payload.text).toBe('Beforeafter.\n');
  });

  it('does not take an unreadable date for now', async () => {
    const { payload } = await parsed('unreadable-date');
    expect([payload.date, payload.dateLine]).toEqual([null, 'sometime last week']);
  });

  it.each(['two-from', 'two-addresses-in-from'])('notes more than one From address in %s', async (fixture) => {
    const { payload } = await parsed(fixture);
    expect(payload.flags).toContain('several_from');
  });
});

describe('what the parser would lose', () => {
  it('reads parts behind padded boundaries and leaves other lines alone', async () => {
    const { payload } = await parsed('padded-boundary');
    expect(payload.text).toContain('The text survives.\n-- \nA signature keeps its blank.');
    expect(payload.attachments.map(({ name }) => name)).toEqual(['a.pdf']);
    expect(payload.flags).toEqual([]);
  });

  it.each(['deep-nesting', 'missing-closing-boundary'])('keeps the content of %s', async (fixture) => {
    const { payload } = await parsed(fixture);
    expect(payload.text).toMatch(/Down here|end is missing/);
  });

  it('shows the body when a multipart mail has no structure that anybody understands', async () => {
    const { payload } = await parsed(mail('Content-Type: multipart/mixed', 'no boundary was declared'));
    expect(payload).toMatchObject({ text: 'no boundary was declared', flags: ['body_as_text'] });
  });

  it('keeps everything of a mail with more parts than are told apart', async () => {
    const parts = Array.from({ length: 1500 }, (_unused, index) => `--b\r\n\r\npart ${index}\r\n`).join('');
    const { payload } = await parsed(
      mail('Subject: many\r\nContent-Type: multipart/mixed; boundary=b', `${parts}--b--\r\n`),
    );
    expect(payload.flags).toEqual(['parts_cut']);
    expect(payload.text).toContain('part 1499');
  });

  it('keeps 1,000 attachments of 5,000, and the raw mail the rest', async () => {
    const part = '--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n';
    const { payload } = await parsed(
      mail('Subject: flood\r\nContent-Type: multipart/mixed; boundary=b', `${part.repeat(5000)}--b--\r\n`),
    );
    expect(payload).toMatchObject({ subject: 'flood', messageId: 'x@y.example', flags: ['parts_cut'] });
    expect(payload.attachments).toHaveLength(1000);
    expect(payload.attachments.at(-1)?.name).toBe('a (1000).txt');
  });

  it('reads a mail whose header has a line of 3 MB, and the id below it', async () => {
    const { payload } = await parsed(mail(`Subject: large\r\nX-Fill: ${'x'.repeat(3_000_000)}`, 'text'));
    expect(payload).toMatchObject({ subject: 'large', messageId: 'x@y.example', text: 'text', flags: [] });
  });

  it('stores a text over 64 KB and carries its beginning', async () => {
    const text = 'ä'.repeat(50_000);
    const { payload, content } = await parsed(mail('Content-Type: text/plain; charset=utf-8', text));
    expect(content(payload.textReference?.sha256)).toBe(text);
    expect(Buffer.byteLength(payload.text)).toBe(65_536);
  });

  it.each([Buffer.alloc(0), Buffer.from('\0\0\0'), Buffer.from('no header at all'), Buffer.from('\r\n\r\n\r\n')])(
    'survives %p',
    async (bytes) => {
      const { payload } = await parsed(bytes);
      expect(payload.messageId).toBeNull();
    },
  );
});

describe('reports', () => {
  it('reads a delivery status report', async () => {
    const { payload } = await parsed('bounce');
    expect(payload.report).toEqual({
      kind: 'delivery',
      declared: true,
      originalMessageIds: ['out-77@acme.example'],
      failedRecipients: ['gone@customer.example'],
      status: '5.1.1',
      action: 'failed',
    });
    expect(payload.attachments).toHaveLength(2);
  });

  it.each([
    ['read-receipt', 'disposition', 'out-79@acme.example'],
    ['abuse-report', 'feedback', 'out-80@acme.example'],
  ])('reads %s', async (fixture, kind, id) => {
    const { payload } = await parsed(fixture);
    expect(payload.report).toMatchObject({ kind, originalMessageIds: [id] });
  });

  it('finds the mail that a bounce without parts quotes', async () => {
    const { payload } = await parsed('bounce-plain');
    expect(payload.quotedMessageIds).toEqual(['out-78@acme.example']);
  });

  it('finds the mail that a bounce attaches without being a report', async () => {
    const original =
      'Content-Type: message/rfc822\r\n\r\nSubject: s\r\nMessage-ID:\r\n <out-81@acme.example>\r\n\r\nbody';
    const body = `--q\r\n\r\nnot delivered\r\n--q\r\n${original}\r\n--q--\r\n`;
    const { payload } = await parsed(mail('Content-Type: multipart/mixed; boundary=q', body));
    expect(payload).toMatchObject({ report: null, quotedMessageIds: ['out-81@acme.example'] });
  });
});

describe('the body hash', () => {
  it('is the same whatever the mail servers wrote above', async () => {
    const { payload: direct } = await parsed(mail('Received: from a', 'body\r\n'));
    const { payload: forwarded } = await parsed(mail('Received: from b\r\nReceived: from a', 'body\r\n'));
    const { payload: other } = await parsed(mail('Received: from a', 'Body\r\n'));
    expect(forwarded.bodySha256).toBe(direct.bodySha256);
    expect(other.bodySha256).not.toBe(direct.bodySha256);
  });
});

it('tells a failing store from a bad mail', async () => {
  const failing = { put: () => Promise.reject(new Error('disk full')) };
  await expect(parseMail(sourceOfBytes(fixtureMail('attachments')), failing)).rejects.toThrow(PartStoreFailure);
});
