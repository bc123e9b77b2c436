import { aForward, allForwards, anOriginal, countProcessorTime } from '#libs/testing';
import { markText } from './block-marks.js';
import { findForward as findIn } from './find-forward.js';

const findForward = (subject: string, text: string) => findIn(subject, markText(text));

const note =
  'Dear colleagues,\n\nplease help him: he waits since Friday.\n\nBest regards\nNora (nora@acme.example, +49 30 1234)';
const block =
  'From: Ana Ito <ana@lamps.example>\nSent: Monday, 3 March 2025 10:00\nTo: office@acme.example\nSubject: Lamp';

describe('a forward in each language of each program', () => {
  const pairs = allForwards();

  it('covers every language and program of the library, and one more', () => {
    expect(new Set(pairs.map(({ locale }) => locale)).size).toBeGreaterThanOrEqual(22);
    expect(new Set(pairs.map(({ client }) => client)).size).toBe(13);
  });

  it.each(pairs)('$client, $locale', ({ client, locale }) => {
    for (const original of [anOriginal(), anOriginal({ cc: null, name: 'Dr. Ana M. O’Neil' })]) {
      for (const above of ['', note]) {
        const mail = aForward(client, locale, original, above);
        const found = findForward(mail?.subject ?? '', mail?.text ?? '');
        expect(found?.author).toEqual({ name: original.name, address: original.address });
        expect(found).toMatchObject({ note: above, subject: original.subject });
        expect(found?.text).toMatch(/^The lamp that came on Friday does not light\.\n\nMay I send it back to: Acme/m);
        expect(found?.sentAt).toContain('27.10.2025');
      }
    }
  });

  it.each(pairs)('$client, $locale, as other programs change it on the way', ({ client, locale }) => {
    const { subject, text } = aForward(client, locale, anOriginal(), 'Please help.') ?? { subject: '', text: '' };
    const inner = 'From: Inner <inner@x.example>\nSent: today\nTo: z@x.example\nSubject: Inner';
    for (const changed of [
      text.replace(/$/gm, '  '),
      text.replace(/: /g, ':\u00a0'),
      text.replace(/\n/g, '\n\n'),
      text.replace('<jorg.makinen@', '<mailto:jorg.makinen@'),
      text.replace('Jörg Mäkinen <', '"Mäkinen, Jörg" <'),
      `${text}\n\n${inner}`,
      `${text}\n\n---------- Forwarded message ---------\n${inner}`,
      `CAUTION: from outside, ask it@acme.example:\n\n${text}`,
      `Hi\n-- \nNora\nTel: 123\nE-Mail: nora@acme.example\n\n${text}`,
    ]) {
      expect(findForward(subject, changed)?.author.address).toBe('jorg.makinen@lamps.example');
    }
  });

  it.each(pairs)('$client, $locale, with lines that end in CR LF and an edited subject', ({ client, locale }) => {
    const mail = aForward(client, locale, anOriginal(), note);
    const found = findForward(`FWD: ${mail?.subject ?? ''}`, (mail?.text ?? '').replaceAll('\n', '\r\n'));
    expect(found?.author.address).toBe('jorg.makinen@lamps.example');
  });
});

it.each(['EXTERNAL: ', '*** SPAM *** ', '{Spam?} ', '(EXTERN) ', '[EXT][SPAM] ', '⚠️ '])(
  'sees the subject’s word behind %j',
  (tag) => {
    expect(findForward(`${tag}FW: Lamp`, `${block}\n\nDark.`)?.author.address).toBe('ana@lamps.example');
    expect(findForward(`${tag}RE: Lamp`, `${block}\n\nDark.`)).toBeNull();
  },
);

it.each(['Importance: High', 'Attachments: a.pdf; b.pdf\nSensitivity: Private', 'Wichtigkeit: Hoch\nAnlagen: a.pdf'])(
  'leaves %j to the block that it ends',
  (more) => {
    expect(findForward('FW: Lamp', `${block}\n${more}\n\nDark.`)?.text).toBe('Dark.');
    expect(findForward('FW: Lamp', `${block}\n\n${more}`)?.text).toBe(more);
  },
);

it.each(['-------- 转发的消息 --------', '-------- Yönlendirilmiş İleti --------', 'İletilen ileti başlangıcı:'])(
  'knows the line %j for no part of the note',
  (line) => {
    expect(findForward('Fwd: Lamp', `Please help.\n\n${line}\n\n${block}\n\nDark.`)?.note).toBe('Please help.');
  },
);

it('reads a block of Latvian, whose word for the author is a number elsewhere', () => {
  const latvian = block.replace('From', 'No').replace('Sent', 'Nosūtīts').replace('To', 'Kam');
  expect(findForward('FW: Lampa', `${latvian}\n\nDark.`)?.author.address).toBe('ana@lamps.example');
  expect(markText(`No: 12\nDate: today\nTo: us\nSubject: lamp`).marks).toEqual([]);
});

describe('what says that a mail is forwarded', () => {
  const announced = `---------- Forwarded message ---------\n${block}\n\nIt does not light.`;
  it.each([
    ['a line that says so, whatever the subject', 'Customer with a lamp', announced, true],
    ['such a line below an answer’s subject', 'Re: Fwd: Lamp', announced, true],
    ['no block at all', 'Fwd: Lamp', 'See the phone.', false],
    ['a block that names no address', 'Fwd: Lamp', block.replace(' <ana@lamps.example>', ''), false],
    ['a block below an answer', 'RE: Lamp', `Thanks!\n\n${block}\n\nIt does not light.`, false],
    ['an original message below an answer', 'AW: Lamp', `Thanks!\n\n-----Original Message-----\n${block}`, false],
    ['an original message below a forward', 'WG: Lamp', `FYI\n\n-----Original Message-----\n${block}`, true],
    ['the same, shouted', 'FWD: Lamp', `FYI\n\n-----ORIGINAL MESSAGE-----\n${block}`, true],
    ['the same in a language of no table', 'Fwd: Lamp', `FYI\n\n----- Mesedz orijinal -----\n${block}`, true],
    ['a forward that an answer quotes', 'Re: Lamp', `Ok.\n\nOn 3 Mar 2025 Bo wrote:\n${quote(announced)}`, false],
    ['a forward below an answer', 'Re: Lamp', `Ok.\n\n${block.replace('Ana', 'Bo')}\n\n${announced}`, false],
    ['words about forwarding', 'Lamp', 'I got a Forwarded message from ana@lamps.example\nFrom: me', false],
    ['the sender’s own list', 'Fwd: Lamp', 'Name: Bo\nTo: do this\nMail: bo@acme.example', false],
    ['an answer in Finnish', 'VS: Lamppu', `Kiitos!\n\n${finnish()}`, false],
    ['Proton', 'Lamp', `Hi\n\n------- Forwarded Message -------\n${block}`, true],
    ['Zoho', 'Lamp', `============ Forwarded message ============\n${block}`, true],
    ['mutt', 'Lamp', `----- Forwarded message from Ana Ito <ana@lamps.example> -----\n\n${block}`, true],
    ['Notes', 'Lamp', `----- Forwarded by Nora Lee/ACME on 02.03.2026 10:00 -----\n\n${block}`, true],
    ['Samsung', 'Fwd: Lamp', `-------- Original message --------\n${block}`, true],
    [
      'Roundcube',
      'Fwd: Lamp',
      `-------- Original Message --------\nSubject: Lamp\nDate: 3\nFrom: Ana Ito <ana@lamps.example>\nTo: a@b.example`,
      true,
    ],
    [
      'GMX',
      'Fw: Lampe',
      'Gesendet: Montag, 3. März\nVon: "Ana Ito" <ana@lamps.example>\nAn: a@acme.example\nBetreff: Lampe',
      true,
    ],
    ['a phone', 'Fwd: Lamp', `Sent from my phone\n\nBegin forwarded message:\n\n${quote(block)}`, true],
    [
      'French spaces',
      'TR: Lampe',
      'De : Ana Ito <ana@lamps.example>\nEnvoyé\u00a0: lundi\nÀ : a@acme.example\nObjet : Lampe',
      true,
    ],
    ['a subject in brackets', '[Fwd: Lamp]', block, true],
    ['a directory’s name', 'FW: Lamp', block.replace('ana@lamps.example', '/O=ACME/CN=ANA'), false],
    ['a tag of a gateway before the word', '[EXTERNAL] FW: Lamp', block, true],
    ['a number in the word', 'Fw[2]: Lamp', block, true],
    ['an address too long for its line', 'FW: Lamp', block.replace('<ana@', '<\nana@'), true],
    ['an address in a line of its own', 'FW: Lamp', block.replace(' <ana@', '\n<ana@'), true],
    ['bold labels', 'FW: Lamp', block.replace(/^(\w+):/gm, '*$1:*'), true],
    [
      'labels in Chinese',
      '转发: 灯',
      '发件人: 王 <ana@lamps.example>\n发送时间: 2025年3月3日\n收件人: a@acme.example\n主题: 灯',
      true,
    ],
    [
      'labels in Korean',
      '전달: 램프',
      '보낸 사람: 김 <ana@lamps.example>\n보낸 날짜: 3월\n받는 사람: a@acme.example\n제목: 램프',
      true,
    ],
    [
      'labels in Arabic',
      'FW: مصباح',
      'من: آنا <ana@lamps.example>\nتم الإرسال: 3\nإلى: a@acme.example\nالموضوع: مصباح',
      true,
    ],
    [
      'labels in Greek',
      'ΠΡΘ: Λάμπα',
      'Από: Άννα <ana@lamps.example>\nΣτάλθηκε: 3\nΠρος: a@acme.example\nΘέμα: Λάμπα',
      true,
    ],
  ])('%s', (_case, subject, text, forwarded) => {
    expect(findForward(subject, text)?.author.address ?? null).toBe(forwarded ? 'ana@lamps.example' : null);
  });

  it('names the outer one of nested forwards', () => {
    const inner = announced.replaceAll('ana@', 'inner@');
    expect(findForward('Fwd: Fwd: Lamp', `${announced}\n\n${inner}`)?.author.address).toBe('ana@lamps.example');
  });

  it('never cuts a character in two', () => {
    for (let length = 80; length < 110; length += 1) {
      const above = `${'😀'.repeat(11_000)}${'y'.repeat(length % 2)}`;
      const below = `${'> \n'.repeat(13_300)}${'y'.repeat(length)}${'😀'.repeat(50)}`;
      const found = findForward('Fwd: x', `${above}\n\n----- Forwarded message -----\n${block}\n\n${below}`);
      expect(`${found?.note} ${found?.text}`).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    }
  });

  it('takes the address in brackets, not the one that somebody put into a name', () => {
    const forged = announced.replace('Ana Ito <', '"boss@acme.example" <');
    expect(findForward('Fwd: Lamp', forged)?.author.address).toBe('ana@lamps.example');
  });
});

describe('a text that was made to be slow', () => {
  it.each([
    ['lines', '\n'],
    ['From', 'From: a <a@b.c> '],
    ['From lines', 'From: a <a@b.c>\n'],
    ['rules', `${'_'.repeat(32)}\nFrom: a <a@b.c>\n`],
    ['separators', '---------- Forwarded message ---------\n'],
    ['blanks', ' '],
    ['quotes', '>\n'],
    ['dashes', '-'],
    ['brackets', '<'],
    ['attributions', 'On 1, "a" <a@b.c>\n'],
    ['colons', 'a:'],
    ['recipients', 'To: a@b.c, '],
    ['half a word', 'időpontban <'],
  ])('is read within 250 ms: %s', (_name, piece) => {
    for (const text of [
      piece.repeat(400_000 / piece.length),
      `From: a <a@b.c>\n${piece.repeat(50_000 / piece.length)}`,
    ]) {
      const cost = () => {
        const computed = countProcessorTime();
        findForward('Fwd: x', `---------- Forwarded message ---------\n${text}`);
        findForward('Fwd: x', text);
        return computed();
      };
      // The better of two runs: the first one may pay for compiling.
      expect(Math.min(cost(), cost())).toBeLessThan(250);
    }
  });
});

function quote(text: string): string {
  return text.replace(/^/gm, '> ');
}

function finnish(): string {
  return 'Lähettäjä: Ana <ana@lamps.example>\nLähetetty: 3\nVastaanottaja: a@acme.example\nAihe: Lamppu';
}
