import { describe, expect, it } from '@jest/globals';
import { phoneAlternates } from './phone-alternates.js';

describe('other spellings of a number', () => {
  it.each([
    ['+5511987654321', '+551187654321'],
    ['+551187654321', '+5511987654321'],
    ['+5215512345678', '+525512345678'],
    ['+525512345678', '+5215512345678'],
    ['+5491123456789', '+541123456789'],
    ['+541123456789', '+5491123456789'],
  ])('%s may be known as %s, and the other way round', (one, other) => {
    expect(phoneAlternates(one)).toEqual([other]);
    expect(phoneAlternates(other)).toEqual([one]);
  });

  it.each(['+351910000001', '+551134567890', '2001', '+5511', '+52155123456'])('%s has none', (number) => {
    expect(phoneAlternates(number)).toEqual([]);
  });
});
