import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentDisposition } from './content-disposition.js';

const VALUE = /^attachment; filename="([^"\\%\r\n]+)"; filename\*=UTF-8''((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)$/;

function namesOf(name: string): { readonly ascii: string; readonly whole: string } {
  const [, ascii = '', encoded = ''] = VALUE.exec(contentDisposition(name)) ?? [];
  return { ascii, whole: decodeURIComponent(encoded) };
}

describe('Content-Disposition', () => {
  it.each([
    ['lamp.jpg', 'lamp.jpg', 'lamp.jpg'],
    ['Größe (1).pdf', 'Gr__e (1).pdf', 'Größe (1).pdf'],
    ['ランプ.png', '___.png', 'ランプ.png'],
    ['100%41.txt', '100_41.txt', '100%41.txt'],
    ["it's *.txt", "it's _.txt", "it's _.txt"],
    ['../../etc/passwd', '_.._etc_passwd', '_.._etc_passwd'],
    ['C:\\Windows\\a.exe', 'C__Windows_a.exe', 'C__Windows_a.exe'],
    ['a"; filename="b.exe', 'a_; filename=_b.exe', 'a_; filename=_b.exe'],
    ['a\r\nset-cookie: x=1', 'a__set-cookie_ x=1', 'a__set-cookie_ x=1'],
    ['invoice\u202efdp.exe', 'invoice_fdp.exe', 'invoice_fdp.exe'],
    ['half \ud800.txt', 'half _.txt', 'half _.txt'],
    ['.htaccess', 'htaccess', 'htaccess'],
    ['a.exe . .', 'a.exe', 'a.exe'],
    ['', 'attachment', 'attachment'],
    [' .. ', 'attachment', 'attachment'],
  ])('names %j %j and %j', (name, ascii, whole) => {
    expect(namesOf(name)).toEqual({ ascii, whole });
  });

  it('cuts a long name before its extension, and between two characters', () => {
    const { whole } = namesOf(`${'ü'.repeat(150)}x.tar.gz`);
    expect(whole).toBe(`${'ü'.repeat(98)}.gz`);
    expect(Buffer.byteLength(namesOf('x'.repeat(1000)).whole)).toBe(200);
  });

  it('is one harmless header value for every name', () => {
    const part = fc.oneof(fc.constantFrom('/', '\\', '"', '%', '\r\n', '\u202e', '\ud800', '.', "'"), fc.string());
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ unit: 'binary' })), { maxLength: 300 }), (parts) => {
        const { ascii, whole } = namesOf(parts.join(''));
        expect(ascii).toMatch(/^[\x20-\x7e]+$/);
        expect(whole).not.toMatch(/^\.|[/\\]|\.$|[\r\n]/);
        expect(Buffer.byteLength(whole)).toBeLessThanOrEqual(200);
      }),
    );
  });
});
