import { describe, expect, it } from '@jest/globals';
import { isOneOf, isSignature } from './constant-time.js';

describe.each([
  ['isSignature', isSignature],
  ['isOneOf', isOneOf],
])('%s', (_name, isRight) => {
  it('knows each of those that are right, and nothing else', () => {
    expect(isRight(['v1,abc', 'v1,def'], 'v1,abc')).toBe(true);
    expect(isRight(['v1,abc', 'v1,def'], 'v1,def')).toBe(true);
    for (const wrong of ['', 'v1,ab', 'v1,abcd', 'v1,abC', 'v1,abć', 'V1,abc', '\u0176\u0131,abc']) {
      expect([wrong, isRight(['v1,abc', 'v1,def'], wrong)]).toEqual([wrong, false]);
    }
    expect(isRight([], '')).toBe(false);
  });
});
