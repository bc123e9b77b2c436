import fc from 'fast-check';
import { encodeWords, WRITTEN_CHARSETS, type WrittenCharset, type WrittenWords } from './mime-encodings.js';
import type {
  NameForm,
  WrittenAddress,
  WrittenFile,
  WrittenMail,
  WrittenMultipart,
  WrittenPart,
  WrittenText,
} from './written-mail.js';

const ASCII = [...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789'];
/** Letters that people write in a charset. */
const LETTERS: Readonly<Record<WrittenCharset, readonly string[]>> = {
  'utf-8': [...'äöüßéñ€–жщ日本語한국어ابجאבגğşıαβγ😀𠮷'],
  'iso-8859-1': [...'äöüÄÖÜßéèêçñåø'],
  // What stands between 0x80 and 0xBF follows ASCII here: after a letter it would be UTF-8 by its bytes, and is read so.
  'windows-1252': [...'äöüÄÖÜßéèêçñå', 'cœ', '5€', 'x–'],
  'iso-2022-jp': [...'日本語注文照明届きました修理お願いランプ'],
  gb18030: [...'订单灯坏了请修理退款谢您好客户服务𠮷'],
  'koi8-r': [...'абвгдежзиклмнопрстуфхцчшщыэюяАБВ'],
};

const charset = fc.constantFrom(...WRITTEN_CHARSETS);
const asciiWord = fc
  .array(fc.constantFrom(...ASCII), { minLength: 1, maxLength: 9 })
  .map((letters) => letters.join(''));

function wordIn(name: WrittenCharset): fc.Arbitrary<string> {
  const letters = fc.array(fc.constantFrom(...LETTERS[name]), { minLength: 2, maxLength: 9 });
  return fc.oneof(
    asciiWord,
    letters.map((each) => each.join('')),
  );
}

function lineIn(name: WrittenCharset): fc.Arbitrary<string> {
  return fc.array(wordIn(name), { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
}

const SIGNS = ['', '', '> ', '\t', '  ', '.', 'From ', '=20', '-- ', '-', '=?'];

/** Lines with what lines begin with in mails: quotes, dots, dashes, words that look encoded. */
function textIn(name: WrittenCharset): fc.Arbitrary<string> {
  const line = fc.tuple(fc.constantFrom(...SIGNS), fc.oneof(fc.constant(''), lineIn(name)));
  return fc
    .tuple(asciiWord, fc.array(line, { maxLength: 8 }))
    .map(([first, lines]) => [first, ...lines.map(([sign, words]) => sign + words)].join('\n'));
}

const encodingOf = (name: WrittenCharset) =>
  name === 'iso-2022-jp'
    ? fc.constantFrom('7bit', 'quoted-printable', 'base64')
    : fc.constantFrom('8bit', 'quoted-printable', 'base64');

/** Mailparser drops the line end at the end of a flowed text, though every line of it is a line (RFC 3676 §4.1). */
function endingFlowed(part: WrittenText): WrittenText {
  return part.style === 'flowed' ? { ...part, text: part.text.trimEnd() } : part;
}

function textPart(subtype: 'plain' | 'html'): fc.Arbitrary<WrittenText> {
  return charset
    .chain((name) =>
      fc.record({
        kind: fc.constant('text'),
        subtype: fc.constant(subtype),
        text: subtype === 'plain' ? textIn(name) : lineIn(name).map((line) => `<p>${line}</p>\n<p class="a=b">x</p>`),
        charset: fc.constant(name),
        encoding: encodingOf(name),
        inline: fc.boolean(),
        style: fc.constantFrom('plain', 'quoted', 'odd', 'flowed'),
      }),
    )
    .map(endingFlowed);
}

/** Not application/octet-stream: mailparser replaces it by what the name says, against RFC 2046 §4.5.1. */
const TYPES = ['application/pdf', 'image/png', 'text/plain', 'text/csv', 'application/zip', 'text/html'];
const NAME_FORMS: readonly NameForm[] = ['none', 'quoted', 'extended', 'continued', 'words', 'type'];

/** A name that may be shown and saved as it is. */
function nameOf(form: NameForm, name: WrittenCharset): fc.Arbitrary<string> {
  if (form === 'none') {
    return fc.constant('');
  }
  const word = form === 'quoted' ? asciiWord : wordIn(name);
  const separator =
    form === 'quoted' ? fc.constantFrom(' ', ';', '(', "'", ', ', '%', '=') : fc.constantFrom(' ', '_', "'");
  return fc
    .tuple(asciiWord, word, separator, word)
    .map(([first, second, between, third]) => `${first}${between}${second} ${third}.pdf`);
}

function file(disposition: 'attachment' | 'inline'): fc.Arbitrary<WrittenFile> {
  return fc.tuple(fc.constantFrom(...NAME_FORMS), charset).chain(([form, name]) =>
    fc.record({
      kind: fc.constant('file'),
      mediaType: disposition === 'inline' ? fc.constant('image/png') : fc.constantFrom(...TYPES),
      name: nameOf(form, name),
      nameForm: fc.constant(form),
      nameCharset: fc.constant(name),
      contentId: fc.option(asciiWord.map((word) => `${word}@customer.example`)),
      disposition: fc.constant(disposition),
      // Not empty: of an empty quoted-printable part mailparser makes a line end (RFC 2046 §5.1.1 gives it to the boundary).
      content: fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      encoding: fc.constantFrom('base64', 'quoted-printable'),
    }),
  );
}

const ATTACHED_MAIL = 'From: a@customer.example\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nfirst\n--c--\n';
const attachedMail: fc.Arbitrary<WrittenFile> = file('attachment').map((given) => ({
  ...given,
  mediaType: 'message/rfc822',
  name: 'first.eml',
  nameForm: 'quoted',
  content: Buffer.from(ATTACHED_MAIL),
  encoding: '7bit',
}));

const aside = fc.constantFrom('', 'This is a message in MIME format.', '--', '-- ', 'Content-Type: text/html');

function multipart(
  subtype: WrittenMultipart['subtype'],
  parts: fc.Arbitrary<readonly WrittenPart[]>,
): fc.Arbitrary<WrittenMultipart> {
  return fc.record({
    kind: fc.constant('multipart'),
    subtype: fc.constant(subtype),
    parts,
    boundary: fc.constantFrom('=_x', '_1.2', "'()+,-./:=?", '-', ' a'),
    preamble: aside,
    epilogue: aside,
  });
}

const several = <T>(first: fc.Arbitrary<WrittenPart>, more: fc.Arbitrary<T>, minLength: number) =>
  fc
    .tuple(first, fc.array(more, { minLength, maxLength: 3 }))
    .map(([one, rest]) => [one, ...rest] as readonly WrittenPart[]);

const plain = textPart('plain');
const html = textPart('html');
const related = multipart('related', several(html, file('inline'), 1));
const alternative = multipart('alternative', fc.tuple(plain, fc.oneof(html, related)));
const body: fc.Arbitrary<WrittenPart> = fc.oneof(
  plain,
  html,
  related,
  alternative,
  multipart('related', several(alternative, file('inline'), 1)),
);
const mixed = multipart('mixed', several(body, fc.oneof(file('attachment'), attachedMail), 0));
/** Texts that follow each other, as mailing lists append them. */
const appended = multipart('mixed', several(plain, fc.oneof(plain, file('attachment')), 1));
const root: fc.Arbitrary<WrittenPart> = fc.oneof(
  body,
  mixed,
  appended,
  multipart('mixed', several(mixed, file('attachment'), 1)),
);

const words: fc.Arbitrary<WrittenWords> = charset.chain((name) =>
  fc.record({
    text: fc.tuple(wordIn(name), wordIn(name)).map((pair) => pair.join(' ')),
    charset: fc.constant(name),
    form: fc.constantFrom('B', 'Q'),
    wordBytes: fc.integer({ min: 3, max: 20 }),
  }),
);
const subject = fc.array(fc.oneof(asciiWord, words), { minLength: 1, maxLength: 5 });

const mailbox = asciiWord.map((local) => `${local}@customer.example`);
const address: fc.Arbitrary<WrittenAddress> = fc
  .tuple(mailbox, mailbox, asciiWord, asciiWord, words, fc.nat(7))
  .map(([first, second, one, two, name, form]) => {
    const meant = (said: string) => [{ name: said, address: first }];
    const forms: readonly WrittenAddress[] = [
      { spelled: first, meant: meant('') },
      { spelled: `<${first}>`, meant: meant('') },
      { spelled: `${one} ${two} <${first}>`, meant: meant(`${one} ${two}`) },
      { spelled: `"${one}, \\"${two}\\" <x>"\n <${first}>`, meant: meant(`${one}, "${two}" <x>`) },
      { spelled: `${encodeWords(name, '\n')} <${first}>`, meant: meant(name.text) },
      { spelled: `${first} (${one} ${two})`, meant: meant(`${one} ${two}`) },
      { spelled: `${one} <${first}> (${two})`, meant: meant(one) },
      {
        spelled: `${one}: ${first}, ${two}\n <${second}>;`,
        meant: [
          { name: '', address: first },
          { name: two, address: second },
        ],
      },
    ];
    return forms[form] ?? { spelled: first, meant: meant('') };
  });

/** Well-formed mails as mail programs write them. */
export const arbitraryMail: fc.Arbitrary<WrittenMail> = fc.record({
  lineEnd: fc.constantFrom('\r\n', '\n'),
  messageId: asciiWord.map((word) => `${word}.1@customer.example`),
  subject,
  from: address,
  to: fc.array(address, { minLength: 1, maxLength: 4 }),
  root,
});
