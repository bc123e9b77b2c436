import { describe, expect, it } from '@jest/globals';
import { mailboxOf } from './mail-address.js';

describe('the mailbox that a recipient reaches', () => {
  const ours = new Set(['support@acme.example', 'billing+team@acme.example']);

  it.each([
    ['SUPPORT+cwabc@ACME.example', 'support@acme.example'],
    ['billing+team@acme.example', 'billing+team@acme.example'],
    ['billing+team+cwabc@acme.example', 'billing+team@acme.example'],
    ['billing@acme.example', null],
    ['support@acme.example.evil', null],
  ])('%s reaches %s', (recipient, expected) => {
    expect(mailboxOf(ours, recipient)).toBe(expected);
  });
});
