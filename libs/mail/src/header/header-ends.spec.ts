import { expect, it } from '@jest/globals';
import { startOfHeader } from './header-ends.js';

it.each([
  ['', 0],
  ['\r\n\n', 3],
  // Written by an editor that a mail was saved with.
  ['\ufeff', 3],
  ['\ufeff\r\n', 5],
])('the header starts behind %j', (before, start) => {
  expect(startOfHeader(Buffer.from(`${before}From: maria@customer.example\r\n\r\ntext`))).toBe(start);
});

it('a mail without a header starts at its beginning', () => {
  expect(startOfHeader(Buffer.from('\ufeff\r\ntext'))).toBe(0);
});
