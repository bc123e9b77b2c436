import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { namedVersion, readIfMatch } from './if-match.js';
import { ProblemException } from './problem.js';

describe('If-Match', () => {
  it.each([
    [undefined, null],
    ['"7"', ['7']],
    [' "7" , "8"', ['7', '8']],
    ['"7",,"8",', ['7', '8']],
    ['*', 'any'],
    ['W/"7"', []],
    ['W/"7", "6"', ['6']],
    ['""', ['']],
  ])('%j names %j', (header, tags) => {
    expect(readIfMatch(header)).toEqual(tags);
  });

  it.each([[''], ['7'], ['"7'], ['7"'], ['w/"7"'], ['"7" "8"'], ['*, "7"'], [',']])('%j is refused', (header) => {
    expect(() => readIfMatch(header)).toThrow(ProblemException);
  });

  it('names nothing else, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          const tags = readIfMatch(text);
          expect(tags === 'any' ? text.trim() : tags?.every((tag) => text.includes(`"${tag}"`))).toBe(
            tags === 'any' ? '*' : true,
          );
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemException);
        }
      }),
    );
  });

  it('says since when changes are asked for', () => {
    expect(['any' as const, [], ['x'], ['7', '12', '0']].map(namedVersion)).toEqual([null, null, null, 12]);
  });
});
