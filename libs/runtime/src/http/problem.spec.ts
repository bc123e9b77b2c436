import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { frameworkProblem } from './framework-problem.js';
import { problemDocument } from './problem.js';

const instanceOf = (url: string | undefined): string =>
  problemDocument(frameworkProblem('not-found'), { id: 'r', url }).instance;

describe('the instance of a problem', () => {
  it.each([
    ['/v1/cases?q=secret', '/v1/cases'],
    ['/v1/%E0%A4%A', '/v1/%E0%A4%A'],
    ['/"<b>\u00ff', '/%22%3Cb%3E%FF'],
    ['', '/'],
    [undefined, '/'],
  ])('of %j is %j', (url, instance) => {
    expect(instanceOf(url)).toBe(instance);
  });

  it('is short and harmless, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (url) => {
        expect(instanceOf(url)).toMatch(/^[!#-&(-;=?-[\]_a-z~]{1,1500}$/);
      }),
    );
  });
});
