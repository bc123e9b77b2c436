import { describe, expect, it } from '@jest/globals';
import { attachmentName, distinctNames } from './attachment-name.js';

describe('the name of an attachment', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.pdf', 'a.pdf'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a\r\nb\0.txt', 'a b .txt'],
    ['what?*<x>.txt', 'what___x_.txt'],
    ['CON.txt', '_CON.txt'],
    ['con', '_con'],
    ['a.pdf. . ', 'a.pdf'],
    ['..', 'attachment-2.pdf'],
    ['\ufeff', 'attachment-2.pdf'],
    ['日本.pdf', '日本.pdf'],
  ])('is safe: %j', (given, name) => {
    expect(attachmentName(given, 'application/pdf', 2)).toBe(name);
  });

  it.each([
    ['text/calendar', 'invite.ics'],
    ['text/x-vcard', 'contact.vcf'],
    ['message/delivery-status', 'delivery-status.txt'],
    ['application/pkcs7-signature', 'smime.p7s'],
    ['application/ms-tnef', 'winmail.dat'],
    ['image/jpeg', 'attachment-2.jpg'],
    ['text/x-anything', 'attachment-2.txt'],
    ['application/x-anything', 'attachment-2.bin'],
  ])('comes from its type: %s', (type, name) => {
    expect(attachmentName(null, type, 2)).toBe(name);
  });

  it('keeps its extension when it is cut', () => {
    const name = attachmentName(`${'x'.repeat(5_000)}.pdf`, 'application/pdf', 1);
    expect([name.length, name.slice(-5)]).toEqual([200, 'x.pdf']);
    expect(attachmentName(`${'😀'.repeat(500)}.pdf`, 'application/pdf', 1)).not.toMatch(/[\ud800-\udbff]\.pdf$/);
  });

  it('is made different from those before', () => {
    expect(distinctNames(['a.pdf', 'A.pdf', 'a (2).pdf', 'a.pdf', 'b', 'b'])).toEqual([
      'a.pdf',
      'A (2).pdf',
      'a (2) (2).pdf',
      'a (3).pdf',
      'b',
      'b (2)',
    ]);
  });
});
