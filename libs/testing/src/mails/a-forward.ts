import { FORWARD_LOCALES, type ForwardWords } from './forward-locales.js';

/** What was forwarded, in the words of a test. */
export interface Original {
  readonly name: string;
  readonly address: string;
  readonly subject: string;
  readonly date: string;
  readonly to: string;
  readonly cc: string | null;
  readonly text: string;
}

/** A forward as a program writes it. */
export interface ForwardedMail {
  readonly subject: string;
  readonly text: string;
}

export const FORWARD_CLIENTS = [
  'Apple Mail',
  'Gmail',
  'Outlook Live',
  'Outlook 2013',
  'Outlook for Windows',
  'Outlook 2019',
  'New Outlook',
  'Yahoo',
  'Thunderbird',
  'Missive',
  'HubSpot',
  'IONOS',
  'MailMate',
] as const;
export type ForwardClient = (typeof FORWARD_CLIENTS)[number];

/** A lamp that came broken, told by somebody with an umlaut. */
export const anOriginal = (told: Partial<Original> = {}): Original => ({
  name: 'Jörg Mäkinen',
  address: 'jorg.makinen@lamps.example',
  subject: 'Lampe defekt / broken lamp',
  date: '27.10.2025 15:14',
  to: 'office@acme.example',
  cc: 'Vera Novak <vera@lamps.example>, archive@lamps.example',
  text: 'The lamp that came on Friday does not light.\n\nMay I send it back to: Acme, Hill Road 4?\n\nJörg',
  ...told,
});

type Write = (words: ForwardWords, original: Original) => ForwardedMail | null;

/** The mail that a program makes of an original in a language, below a note; null when it does not speak it. */
export function aForward(client: ForwardClient, locale: string, original: Original, note = ''): ForwardedMail | null {
  const words = FORWARD_LOCALES.get(locale);
  const written = words && WRITERS[client](words, original);
  const english = ['Outlook 2013', 'Missive', 'IONOS', 'MailMate'].includes(client);
  if (!written || (english && locale !== 'en')) {
    return null;
  }
  return { subject: written.subject, text: note === '' ? written.text : `${note}\n\n${written.text}` };
}

/** Every pair of program and language that exists. */
export function allForwards(): { client: ForwardClient; locale: string }[] {
  return FORWARD_CLIENTS.flatMap((client) =>
    [...FORWARD_LOCALES.keys()]
      .filter((locale) => aForward(client, locale, anOriginal()) !== null)
      .map((locale) => ({ client, locale })),
  );
}

const person = ({ name, address }: Original) => `${name} <${address}>`;
const quoted = (text: string) => text.replace(/^/gm, '> ').replace(/^> $/gm, '>');
const lines = (...all: (string | null)[]) => all.filter((line) => line !== null).join('\n');
const fwd = (original: Original, text: string): ForwardedMail => ({ subject: `Fwd: ${original.subject}`, text });

const WRITERS: Readonly<Record<ForwardClient, Write>> = {
  'Apple Mail': ({ apple }, original) => {
    if (apple === null) {
      return null;
    }
    const [separator, from, subject, date, to, cc] = apple;
    const { cc: copies } = original;
    const block = lines(
      `${from}: ${person(original)}`,
      `${subject}: ${original.subject}`,
      `${date}: ${original.date}`,
      `${to}: ${original.to}`,
      copies === null ? null : `${cc}: ${copies}`,
      '',
      original.text,
    );
    return fwd(original, quoted(`${separator}:\n\n${block}`));
  },
  Gmail: ({ gmail }, original) =>
    gmail === null ? null : fwd(original, gmailBlock('---------- Forwarded message ---------', gmail, original)),
  'Outlook Live': ({ outlookLive }, original) =>
    outlookLive === null
      ? null
      : {
          subject: `${outlookLive}: ${original.subject}`,
          text: `${'_'.repeat(32)}\n${outlookBlock(person(original), '; ', original)}`,
        },
  'Outlook 2013': (_words, original) => ({
    subject: `FW: ${original.subject}`,
    text: outlookBlock(`${original.name} [mailto:${original.address}]`, '; ', original),
  }),
  // It speaks the words that Yahoo speaks, and writes them in lines.
  'Outlook for Windows': ({ yahoo, newOutlook }, original) => {
    if (yahoo === null) {
      return null;
    }
    const [, from, to, cc, sent, subject] = yahoo;
    const block = lines(
      `${from}: ${person(original)}`,
      `${sent}: ${original.date}`,
      `${to}: ${original.to}`,
      original.cc === null ? null : `${cc}: ${original.cc}`,
      `${subject}: ${original.subject}`,
      '',
      original.text,
    );
    return { subject: `${newOutlook?.[0] ?? 'FW'}: ${original.subject}`, text: block };
  },
  'Outlook 2019': ({ outlook2019 }, original) => {
    if (outlook2019 === null) {
      return null;
    }
    const { name, address, date, subject, text } = original;
    const line = outlook2019.replace('{name}', name).replace('{address}', address).replace('{date}', date);
    return { subject: `FW: ${subject}`, text: `${line}\n\n${text.replace(/^(?=.)/gm, '    ')}` };
  },
  'New Outlook': ({ newOutlook }, original) => {
    if (newOutlook === null) {
      return null;
    }
    const [prefix, from, date, to, cc, subject] = newOutlook;
    const block = lines(
      `${from}: ${person(original)}`,
      `${date}: ${original.date}`,
      `${to}: ${original.to} <${original.to}>`,
      original.cc === null ? null : `${cc}: ${original.cc}`,
      `${subject}: ${original.subject}`,
      original.text,
    );
    return { subject: `${prefix}: ${original.subject}`, text: block };
  },
  Yahoo: ({ yahoo }, original) => {
    if (yahoo === null) {
      return null;
    }
    const [separator, from, to, cc, sent, subject] = yahoo;
    const copies = original.cc === null ? '' : `${cc}: ${original.cc.replace(', ', '; ')}`;
    const head = `   ----- ${separator} ----- ${from}: ${person(original)}${to}: "${original.to}" <${original.to}>`;
    const block = `${head}${copies}${sent}: ${original.date}${subject}: ${original.subject}\n ${original.text}`;
    return { subject: `Fw: ${original.subject}`, text: block };
  },
  Thunderbird: ({ thunderbird }, original) => {
    if (thunderbird === null) {
      return null;
    }
    const [separator, subject, date, from, to, cc] = thunderbird;
    const dashes = separator.startsWith('Treść') ? '---' : '--------';
    const block = lines(
      `${dashes} ${separator} ${dashes}`,
      `${subject}: \t${original.subject}`,
      `${date}: \t${original.date}`,
      `${from}: \t${person(original)}`,
      `${to}: \t${original.to}`,
      original.cc === null ? null : `${cc}: \t${original.cc}`,
      '\n',
      original.text,
    );
    return fwd(original, block);
  },
  Missive: (_words, original) => {
    const head = { ...original, text: '' };
    const block = gmailBlock('---------- Forwarded message ----------', 'From', head).trimEnd();
    return fwd(original, `${block}\n\n${quoted(original.text)}`);
  },
  HubSpot: ({ hubspot }, original) => {
    if (hubspot === null) {
      return null;
    }
    const [separator, from, date, subject, to, cc] = hubspot;
    const colon = from === '送信元' ? '：' : ': ';
    const block = lines(
      `---------- ${separator} ---------`,
      `${from}${colon}${person(original)}`,
      `${date}${colon}${original.date}`,
      `${subject}${colon}${original.subject}`,
      `${to}${colon}${original.to}`,
      original.cc === null ? null : `${cc}${colon}${original.cc}`,
      '',
      original.text,
    );
    return fwd(original, block);
  },
  IONOS: (_words, original) => {
    const block = lines(
      '---------- Original Message ----------',
      `From: ${person(original)}`,
      `To: "${original.to}" <${original.to}>`,
      original.cc === null ? null : `Cc: ${original.cc}`,
      `Date: ${original.date}`,
      `Subject: ${original.subject}`,
      '\u00a0',
      '\u00a0',
      original.text,
    );
    return fwd(original, quoted(block));
  },
  MailMate: (_words, original) => {
    const block = lines(
      `From: ${person(original)}`,
      `To: ${original.to}`,
      original.cc === null ? null : `Cc: ${original.cc}`,
      `Subject: ${original.subject}`,
      `Date: ${original.date}`,
      '',
      original.text,
    );
    return fwd(original, `Forwarded message:\n\n${quoted(block)}`);
  },
};

function gmailBlock(separator: string, from: string, original: Original): string {
  return lines(
    separator,
    `${from}: ${person(original)}`,
    `Date: ${original.date}`,
    `Subject: ${original.subject}`,
    `To: ${original.to}`,
    original.cc === null ? null : `Cc: ${original.cc}`,
    '\n',
    original.text,
  );
}

function outlookBlock(author: string, between: string, original: Original): string {
  return lines(
    `From: ${author}`,
    `Sent: ${original.date}`,
    `To: ${original.to} <${original.to}>`,
    original.cc === null ? null : `Cc: ${original.cc.replace(', ', between)}`,
    `Subject: ${original.subject}`,
    '',
    original.text,
  );
}
