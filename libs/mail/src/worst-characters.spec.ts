import { describe, expect, it } from '@jest/globals';
import { countProcessorTime } from '#libs/testing';
import { distinctNames, safeName } from './body/attachment-name.js';
import { decodeFlowed } from './body/flowed-text.js';
import { htmlToText } from './body/html-text.js';
import { splitParts } from './body/split-parts.js';
import { decodeText } from './charset/decode-bytes.js';
import { decodeBase64, decodeQuotedPrintable } from './encoding/transfer-decoding.js';
import { decodeUu } from './encoding/uu-decoding.js';
import { addressesOf } from './header/address-header.js';
import { decodeWords } from './header/encoded-words.js';
import { headerDate, headerValue, indexHeader, messageIds, splitHeader } from './header/header-lines.js';
import { readMimeHeader } from './header/mime-header.js';
import { singleLine, storable } from './text/clean-text.js';

/** Whatever reads a text that a stranger wrote, one by one. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  singleLine,
  storable,
  safeName,
  distinctNames: (text) => distinctNames(text.split('\n').slice(0, 1_000)),
  decodeWords,
  decodeFlowed: (text) => decodeFlowed(text, true),
  messageIds,
  headerDate: (text) => headerDate(text),
  headerValue: (text) => headerValue({ key: 'x', line: `X: ${text}` }),
  addresses: (text) => addressesOf(indexHeader([{ key: 'to', line: `To: ${text}` }]), 'to', null),
  splitHeader: (text) => splitHeader(Buffer.from(text, 'latin1')),
  readMimeHeader,
  parameter: (text) => readMimeHeader(`a/b; name=${text}`),
  htmlToText,
  unlabelled: (text) => decodeText(Buffer.from(text, 'latin1'), null),
  'iso-2022-jp': (text) => decodeText(Buffer.from(text, 'latin1'), 'iso-2022-jp'),
  gb18030: (text) => decodeText(Buffer.from(text, 'latin1'), 'gb2312'),
  base64: (text) => decodeBase64(Buffer.from(text, 'latin1')),
  'quoted-printable': (text) => decodeQuotedPrintable(Buffer.from(text, 'latin1'), true),
  decodeUu: (text) => decodeUu(Buffer.from(text, 'latin1')),
  multipart: (text) => splitParts(Buffer.from(`Content-Type: multipart/mixed; boundary=b\n\n--b\n${text}`, 'latin1')),
};

const PIECES = [
  'a',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\r\n ',
  '(',
  ')',
  '<',
  '>',
  '"',
  '\\',
  '\\"',
  ';',
  ',',
  ':',
  '=',
  '=?',
  '?=',
  '=?a?q?',
  '=?a?b?b?= ',
  '%',
  '*',
  '&',
  '&#',
  '<!--',
  '<a ',
  '</a>',
  '<td>',
  '.',
  '@',
  'a@',
  '<a@b>',
  '/',
  '\0',
  '\x1b',
  '\x1b$B',
  '\x80',
  '\xe4 ',
  '\xff',
  '\u202e',
  '--b\n',
  '--\n',
  'begin 644 a\n',
  'a*0*=b; ',
];
const BYTES = 256 * 1024;
/** Milliseconds; linear readers need a dozen. */
const MOST = 500;

describe('a quarter of a megabyte of the same', () => {
  it.each(Object.entries(READERS))('costs %s no more than of anything else', (_name, read) => {
    const slow = PIECES.flatMap((piece) => {
      const text = piece.repeat(Math.ceil(BYTES / piece.length));
      const costs = (): boolean => {
        const computed = countProcessorTime();
        read(`${text}x`);
        return computed() > MOST;
      };
      return costs() && costs() ? [piece] : [];
    });
    expect(slow).toEqual([]);
  });
});
