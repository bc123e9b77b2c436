import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { encode } from 'iconv-lite';
import { seededRandom, type Random } from '../faults/random.js';

const FIRST = [
  'João',
  'Conceição',
  'Inês',
  'Rui',
  'Ângela',
  'Zoë',
  'Øyvind',
  'Jürgen',
  'Ana',
  'Márcia',
  '=SUM(A1)',
  '+Maria',
];
const LAST = ['Gonçalves', 'Simões', 'Assunção', 'Müller', 'Silva', "D'Ávila", 'de Sá', 'Leão', 'Nuñez', 'Peña'];
const COMPANIES = ['', '', 'Loja da Esquina', 'Café "Central"', 'Irmãos; Lda', 'Müller & Söhne\r\nFiliale'];

interface Written {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}

/** Writes a file of contacts in windows-1252: of a hundred rows some two mean one before them, and one is refused. */
export async function writeContacts(path: string, rows: number, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const file = createWriteStream(path);
  const written: Written[] = [];
  file.write('Nome;Telefone;Email;Empresa;Notas\r\n');
  for (let row = 1; row <= rows; row += 1) {
    const line = lineOf(row, random, written, seed);
    if (!file.write(encode(line, 'windows-1252'))) {
      await once(file, 'drain');
    }
  }
  file.end();
  await once(file, 'finish');
}

function lineOf(row: number, random: Random, written: Written[], seed: number): string {
  const kind = random.below(200);
  const earlier = written[random.below(Math.max(written.length, 1))];
  if (kind < 2) {
    return refusedLine(row, kind + 2 * random.below(4), random);
  }
  if (earlier !== undefined && kind < 8) {
    return againLine(kind, earlier, random);
  }
  const contact = {
    name: nameOf(random),
    phone: kind === 8 ? '' : numberOf(row, seed),
    email: kind === 9 || kind > 180 ? '' : `pessoa${row}.${seed}@loja.example`,
  };
  if (contact.phone === '' && contact.email === '') {
    return `${contact.name};;;;\r\n`;
  }
  written.push(contact);
  return line(contact, COMPANIES[random.below(COMPANIES.length)] ?? '', random);
}

/** Somebody who stands before: by address with another name, by number under the same name or another. */
function againLine(kind: number, earlier: Written, random: Random): string {
  const name = kind % 2 === 0 ? earlier.name : nameOf(random);
  const [phone, email] = kind < 5 && earlier.email !== '' ? ['', earlier.email.toUpperCase()] : [earlier.phone, ''];
  return line({ name, phone, email }, COMPANIES[random.below(COMPANIES.length)] ?? '', random);
}

function refusedLine(row: number, kind: number, random: Random): string {
  const refused = [
    `${'n'.repeat(300)};;pessoa${row}@longa.example;;\r\n`,
    `${nameOf(random)};ligue-me;;;\r\n`,
    `${nameOf(random)};;isto não é;;\r\n`,
    `${nameOf(random)};;;;\r\n`,
    `"${nameOf(random)};210000000;;;\r\n`,
    `${nameOf(random)};210000000;"a"b;;\r\n`,
    `${nameOf(random)};210000000;;;${'nota '.repeat(14_000)}\r\n`,
    `Jo\u0000o;210000000;;;\r\n`,
  ];
  return refused[kind] ?? '';
}

function line({ name, phone, email }: Written, company: string, random: Random): string {
  const cells = [quoted(name, random), spelled(phone, random), email, quoted(company, random), ''];
  return `${cells.join(';')}${random.below(50) === 0 ? '\r\n\r\n' : '\r\n'}`;
}

function quoted(text: string, random: Random): string {
  return /[";\r\n]/.test(text) || random.below(5) === 0 ? `"${text.replaceAll('"', '""')}"` : text;
}

function nameOf(random: Random): string {
  return `${FIRST[random.below(FIRST.length)]} ${LAST[random.below(LAST.length)]} ${random.below(1_000_000)}`;
}

/** Mobile numbers of Portugal, of which each file has its own. */
function numberOf(row: number, seed: number): string {
  const start = ['91', '92', '93', '96'][seed % 4] ?? '91';
  return `${start}${String((seed * 1_000_003 + row) % 10_000_000).padStart(7, '0')}`;
}

function spelled(number: string, random: Random): string {
  const grouped = number.replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3');
  return number === '' ? '' : ([number, grouped, `+351 ${grouped}`, `00351${number}`][random.below(4)] ?? number);
}
