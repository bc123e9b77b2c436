import { expect, it } from '@jest/globals';
import { readMimeHeader } from './mime-header.js';

it.each([
  ['text/plain; charset="utf-8; x"', 'text/plain', { charset: 'utf-8; x' }],
  ['multipart/mixed\tboundary="b"', 'multipart/mixed', { boundary: 'b' }],
  [
    'Text/Plain (a (comment)); charset = utf-8 (more); name="a b.txt"',
    'text/plain',
    { charset: 'utf-8', name: 'a b.txt' },
  ],
  ['a/b; name*0*=iso-8859-1\'de\'R%FC; name*1*=be; name*2=" x.pdf"', 'a/b', { name: 'Rübe x.pdf' }],
  ["a/b; name*1*=%BCbe.pdf; name*0*=utf-8''R%C3", 'a/b', { name: 'Rübe.pdf' }],
  ["a/b; filename=plain.pdf; filename*=utf-8''R%C3%BCbe.pdf", 'a/b', { filename: 'Rübe.pdf' }],
  ['a/b; name="=?utf-8?B?UsO8YmUucGRm?="', 'a/b', { name: 'Rübe.pdf' }],
  ['a/b; name==?utf-8?Q?R=C3=BCbe_x.pdf?=', 'a/b', { name: 'Rübe x.pdf' }],
  ['a/b; filename=R%C3%BCbe%20x.pdf', 'a/b', { filename: 'Rübe x.pdf' }],
  ['a/b; filename=100%25.pdf', 'a/b', { filename: '100%25.pdf' }],
  ['a/b; filename=my file name.pdf; x=y', 'a/b', { filename: 'my file name.pdf', x: 'y' }],
  ['a/b; filename=my file (1).pdf; x=y', 'a/b', { filename: 'my file (1).pdf', x: 'y' }],
  ['a/b; filename=file.pdf (a comment)', 'a/b', { filename: 'file.pdf' }],
  ['; filename="image.png"', '', { filename: 'image.png' }],
  ['attachment; filename="unclosed', 'attachment', { filename: 'unclosed' }],
  ['a/b; name="a.pdf" filename="b.pdf"', 'a/b', { name: 'a.pdf', filename: 'b.pdf' }],
  ['a/b;;; =; name=x', 'a/b', { name: 'x' }],
  ['a/b; __proto__=x', 'a/b', { ['__proto__']: 'x' }],
])('reads %s', (header, value, parameters) => {
  const found = readMimeHeader(header);
  expect([found.value, [...found.parameters]]).toEqual([value, Object.entries(parameters)]);
});
