import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { secretRemover } from './without-secrets.js';

const SECRETS = ['12345678', 'a "quoted" one/\u00e3', 'eight%20+', 'whsec_MDEyMzQ1Njc4OWFi'];
const { isFree, fromValue } = secretRemover(SECRETS);

describe('whether a text holds a secret', () => {
  it('is told by the JSON of a value as by each of its texts and names', () => {
    const spelled = SECRETS.flatMap((secret) => [secret, encodeURIComponent(secret), secret.replaceAll(' ', '+')]);
    const piece = fc.constantFrom(...spelled, '12345', '678', 'eight', ' ', '+', '%2', '\\', '"', '\ud800');
    const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 4 }).map((pieces) => pieces.join(''));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        text,
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(text, tie('value'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, (said) => {
        expect(!isFree(JSON.stringify(said)) || fromValue(said) === said).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is plainly no, where there is none', () => {
    expect(isFree(JSON.stringify({ from: '+351210000001', data: { text: 'nothing "here"' }, at: 12 }))).toBe(true);
  });

  it.each([
    ['a text', 'the key is 12345678.'],
    ['a name', { ['12345678']: true }],
    ['a text with a blank that is written as a form has it', 'a+"quoted"+one/\u00e3'],
    ['an escape', '%31%32345678'],
  ])('is not denied of %s', (_where, said) => {
    expect([isFree(JSON.stringify(said)), fromValue(said) === said]).toEqual([false, false]);
  });
});
