/**
 * What contacts a file of contacts makes, by the rules for imports alone: it shares no code with the product.
 *
 *   node test/imports/expected-contacts.mjs FILE    prints {"contacts":[…],"outcomes":[…]}
 *
 * It reads what write-file.ts writes: windows-1252, semicolons, a heading of name, phone, email and company, numbers of Portugal.
 */
import { readFileSync } from 'node:fs';
import { TextDecoder } from 'node:util';

const text = new TextDecoder('windows-1252').decode(readFileSync(process.argv[2]));
const contacts = [];
const byEmail = new Map();
const byPhone = new Map();
const outcomes = [];

/** A record from `at` on: its cells and where the next begins; null when its quotes are wrong. */
function recordAt(at) {
  const cells = [];
  let cell = '';
  let position = at;
  let isQuoted = false;
  let isClosed = false;
  for (;;) {
    const character = text[position];
    if (isQuoted) {
      if (character === undefined) {
        return null;
      }
      if (character === '"' && text[position + 1] === '"') {
        cell += '"';
        position += 2;
      } else if (character === '"') {
        isQuoted = false;
        isClosed = true;
        position += 1;
      } else {
        cell += character;
        position += 1;
      }
    } else if (character === undefined || character === '\r' || character === '\n' || character === ';') {
      cells.push(cell);
      cell = '';
      isClosed = false;
      if (character !== ';') {
        return { cells, next: position + (text.startsWith('\r\n', position) ? 2 : 1) };
      }
      position += 1;
    } else if (isClosed) {
      return null;
    } else if (character === '"' && cell === '') {
      isQuoted = true;
      position += 1;
    } else {
      cell += character;
      position += 1;
    }
  }
}

function e164(written) {
  const digits = written.replace(/\D/g, '').replace(/^00351/, '351');
  if (/^9[1236]\d{7}$/.test(digits)) {
    return `+351${digits}`;
  }
  return /^3519[1236]\d{7}$/.test(digits) ? `+${digits}` : null;
}

function take([name, phone, email, company], isTooLong) {
  const shown = name.trim();
  const wrong = isTooLong || shown.length > 200 || shown.includes('\u0000');
  const number = phone === '' ? null : e164(phone);
  const address = email === '' ? null : email.toLowerCase();
  const isBad = (phone !== '' && number === null) || (address !== null && !/^[^\s@]+@[^\s@]+$/.test(address));
  if (wrong || isBad || (number === null && address === null)) {
    return 'refused';
  }
  const same = (byPhone.get(number) ?? []).find((one) => one.name.toLowerCase() === shown.toLowerCase());
  let contact = address === null ? same : byEmail.get(address);
  const isNew = contact === undefined;
  if (isNew) {
    contact = { name: '', company: null, emails: [], phones: [] };
    contacts.push(contact);
  }
  const before = JSON.stringify(contact);
  if (shown !== '') {
    contact.name = shown;
  }
  if (company.trim() !== '') {
    contact.company = company.replace(/\s+/g, ' ').trim();
  }
  if (address !== null && !contact.emails.includes(address)) {
    contact.emails.push(address);
    byEmail.set(address, contact);
  }
  if (number !== null && !contact.phones.includes(number)) {
    contact.phones.push(number);
    byPhone.set(number, [...(byPhone.get(number) ?? []), contact]);
  }
  if (number !== null && byPhone.get(number).length > 1) {
    return 'flagged_shared';
  }
  return isNew ? 'created' : before === JSON.stringify(contact) ? 'unchanged' : 'updated';
}

let at = recordAt(0).next;
while (at < text.length) {
  const record = recordAt(at);
  const end = text.indexOf('\r\n', at);
  const next = record === null ? end + 2 : record.next;
  if (record === null) {
    outcomes.push('refused');
  } else if (record.cells.some((cell) => cell !== '')) {
    outcomes.push(take(record.cells, Buffer.byteLength(text.slice(at, next)) > 64 * 1024));
  }
  at = next;
}
for (const contact of contacts) {
  contact.emails.sort();
  contact.phones.sort();
}
process.stdout.write(JSON.stringify({ contacts, outcomes }));
