import { describe, expect, it } from '@jest/globals';
import { aContactFact } from '#libs/testing';
import { parseContactFact } from '../index.js';

describe('a fact about a contact', () => {
  it('is read with what is absent apart from what is cleared', () => {
    const fact = aContactFact('upserted', 0, { name: null, emails: [{ value: 'maria@loja.example', primary: true }] });
    const parsed = parseContactFact(JSON.stringify(fact));
    expect(parsed).toEqual({ ok: true, fact });
    expect(parsed.ok && 'company' in parsed.fact).toBe(false);
  });

  it.each([
    ['a stranger to its id', aContactFact('upserted', 0, { id: '0197b0d4-8f3a-7c11-9a53-0b7a51a2c0de' }), 'id: '],
    ['an upsert that names nobody', aContactFact('upserted', 0, { contact: null }), 'contact: '],
    [
      'a deletion by address',
      aContactFact('deleted', 0, { contact: null, emails: [{ value: 'a@b.example' }] }),
      'contact: ',
    ],
    ['a merge of nobody', aContactFact('merged'), 'mergedExternalIds: '],
  ])('refuses %s', (_, fact, reason) => {
    const parsed = parseContactFact(JSON.stringify(fact));
    expect(parsed.ok ? '' : parsed.detail).toContain(reason);
  });
});
