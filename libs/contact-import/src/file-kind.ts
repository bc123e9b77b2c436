import { notUnderstood, understood, type Understood } from './outcome.js';

export type FileFormat = 'csv' | 'vcard' | 'json-lines';

const SAVE_AS = 'save the sheet as "CSV UTF-8" and import that';
/** How other files begin, in latin1, and what to say of them. */
const OTHERS: readonly (readonly [string, string])[] = [
  [
    'PK\x03\x04',
    `The file is a ZIP archive, such as an Excel workbook (.xlsx) or an OpenDocument sheet (.ods): ${SAVE_AS}; unpack any other archive first.`,
  ],
  ['PK\x05\x06', 'The file is an empty ZIP archive.'],
  ['\xd0\xcf\x11\xe0', `The file is an old Excel workbook (.xls): ${SAVE_AS}.`],
  ['\x1f\x8b', 'The file is compressed by gzip: unpack it first.'],
  ['BZh', 'The file is compressed by bzip2: unpack it first.'],
  ['\xfd7zXZ', 'The file is compressed by xz: unpack it first.'],
  ['7z\xbc\xaf', 'The file is a 7-Zip archive: unpack it first.'],
  ['Rar!', 'The file is a RAR archive: unpack it first.'],
  ['%PDF', 'The file is a PDF, which holds no rows: export the contacts as CSV, vCard or JSON lines.'],
  ['\x89PNG', 'The file is a picture.'],
  ['\xff\xd8\xff', 'The file is a picture.'],
  ['SQLite format 3', 'The file is a database: export the contacts as CSV, vCard or JSON lines.'],
];

/** The format of a file by how its text begins, whatever it is called. */
export function formatOf(head: Buffer, text: string): Understood<FileFormat> {
  const bytes = head.subarray(0, 16).toString('latin1');
  const other = OTHERS.find(([beginning]) => bytes.startsWith(beginning));
  if (other !== undefined) {
    return notUnderstood(other[1]);
  }
  const start = text.slice(0, 4096).trimStart();
  if (start === '') {
    return notUnderstood(head.length === 0 ? 'The file is empty.' : 'The file holds nothing but blanks.');
  }
  if (/^BEGIN:VCARD\s/i.test(`${start} `)) {
    return understood('vcard');
  }
  if (/^<(\?xml|!doctype|html|table)/i.test(start)) {
    return notUnderstood(
      'The file is XML or HTML, whatever its name says: export the contacts as CSV, vCard or JSON lines.',
    );
  }
  if (start.startsWith('[')) {
    return notUnderstood('The file is one JSON document: write one object on each line instead (jq -c ".[]").');
  }
  if (start.startsWith('{')) {
    return understood('json-lines');
  }
  return looksBinary(text)
    ? notUnderstood('The file is no text: CSV, vCard and JSON lines can be imported.')
    : understood('csv');
}

/** Some control characters are a mistake in a row; many are no text. */
function looksBinary(text: string): boolean {
  const looked = text.slice(0, 4096);
  // eslint-disable-next-line no-control-regex -- these are counted
  return (looked.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0) > looked.length / 20;
}
