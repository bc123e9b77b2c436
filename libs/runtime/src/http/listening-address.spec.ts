import { expect, it } from '@jest/globals';
import { httpAddress, isOfThisMachine } from './listening-address.js';

it.each([
  ['127.0.0.1', 'http://127.0.0.1:3000', true],
  ['127.0.0.2', 'http://127.0.0.2:3000', true],
  ['localhost', 'http://localhost:3000', true],
  ['::1', 'http://[::1]:3000', true],
  ['0.0.0.0', 'http://127.0.0.1:3000', false],
  ['::', 'http://127.0.0.1:3000', false],
  ['192.0.2.7', 'http://192.0.2.7:3000', false],
  ['2001:db8::7', 'http://[2001:db8::7]:3000', false],
])('a listener on %s is asked at %s, and is of this machine alone: %s', (host, address, isOurs) => {
  expect([httpAddress(host, 3000), isOfThisMachine(host)]).toEqual([address, isOurs]);
});
