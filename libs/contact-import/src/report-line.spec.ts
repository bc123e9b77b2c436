import { describe, expect, it } from '@jest/globals';
import { reportLine } from './report-line.js';

describe('a line of a report', () => {
  it('is no formula, and one record', () => {
    expect(reportLine([1, 2, 'refused', null, '=1+1', '+x'])).toBe(`1,2,refused,,"'=1+1","'+x"\r\n`);
    expect(reportLine(['-1', '@a', '\tb', 'say "no", \n'])).toBe(`"'-1","'@a","'\tb","say ""no"", \n"\r\n`);
  });
});
