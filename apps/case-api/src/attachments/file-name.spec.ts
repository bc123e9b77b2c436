import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanFileName } from './file-name.js';

it.each([
  ['lamp.jpg', 'lamp.jpg'],
  ['C:\\Users\\rita\\lamp.jpg', 'lamp.jpg'],
  ['../../etc/passwd', 'passwd'],
  ['a"b\r\nset-cookie: x.txt', 'a"bset-cookie: x.txt'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['Cafe\u0301.pdf', 'Caf\u00e9.pdf'],
  ['..', 'attachment'],
  ['uploads/', 'attachment'],
  ['', 'attachment'],
])('%j is kept as %j', (given, kept) => {
  expect(cleanFileName(given)).toBe(kept);
});

it('is one short line of characters that a database takes, whatever was sent', () => {
  expect(cleanFileName(`${'x'.repeat(400)}.tar.gz`)).toBe(`${'x'.repeat(252)}.gz`);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (given) => {
      const name = cleanFileName(given);
      expect([...name].length).toBeGreaterThan(0);
      expect([...name].length).toBeLessThanOrEqual(255);
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cs}]/u);
    }),
  );
});
