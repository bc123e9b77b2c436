import { expect, it } from '@jest/globals';
import { clientNameOf } from './client-name.js';

it.each([
  ['  shop ', 'shop'],
  ['Cafe\u0301', 'Caf\u00e9'],
  ['\u{1f4e6}'.repeat(100), '\u{1f4e6}'.repeat(100)],
  ['x'.repeat(101), null],
  [' \n ', null],
  ['a\nb', null],
  ['a\u0000', null],
  ['a\ud800', null],
  ['', null],
])('a client called %j is %j', (text, name) => {
  expect(clientNameOf(text)).toBe(name);
});
