import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFields } from './form.js';

/** As the platform's own reader has it. */
function asThePlatform(text: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(text.replace(/^\?/, '%3F'))) {
    (fields[`.${name}`] ??= []).push(value);
  }
  return fields;
}

const read = (text: string) => Object.fromEntries([...readFields(text)].map(([name, values]) => [`.${name}`, values]));

describe('the fields of a form', () => {
  it('are those that the platform reads, however they are written', () => {
    const piece = fc.constantFrom(
      'a',
      '=',
      '&',
      '+',
      '%',
      '%2',
      '%20',
      '%C3%A3',
      '%c3',
      '%ED%A0%80',
      '%EF%BB%BF',
      '%00',
      '?',
      'ã',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (pieces) => {
        const text = Buffer.from(pieces.join('')).toString();
        expect(read(text)).toEqual(asThePlatform(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
