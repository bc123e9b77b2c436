import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldText } from './fold-text.js';
import { readSearch } from './search-text.js';

describe('foldText', () => {
  it('makes nothing of letter case, accents and width', () => {
    const alike = [
      ['Ação', 'ACAO', 'acao', 'Ａｃａｏ', 'A\u0327c\u0327a\u0303o'],
      ['straße', 'STRASSE', 'Strasse'],
      ['ΟΔΟΣ', 'οδός', 'οδος'],
      ['ﬁnal', 'FINAL', 'fi\u00adnal'],
      ['İstanbul', 'istanbul'],
      ['ｶﾞｽ', 'ガス'],
      ['két  \t\n szó ', 'KÉT SZÓ'],
    ];
    for (const spellings of alike) {
      expect(new Set(spellings.map(foldText)).size).toBe(1);
    }
  });

  it('changes nothing of what it has made', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });

  it('finds a part of a text however both are written', () => {
    const text = fc.string({ unit: fc.constantFrom('é', 'É', 'e', 'ß', 'ｅ', 'Σ', 'x', ' ') });
    fc.assert(
      fc.property(text, text, (before, part) => {
        expect(foldText(`${before}${part}`)).toContain(foldText(part));
      }),
    );
  });
});

describe('readSearch', () => {
  it('takes words, each once, and numbers beside them', () => {
    expect(readSearch('  The LAMP the  kettle')).toEqual({ words: ['the', 'lamp', 'kettle'], number: null });
    expect(readSearch('12')).toEqual({ words: [], number: '12' });
    expect(readSearch('CASE-12')).toEqual({ words: ['case-12'], number: '12' });
    expect(readSearch('1234')).toEqual({ words: ['1234'], number: '1234' });
    expect(readSearch('0123')).toEqual({ words: ['0123'], number: null });
  });

  it('knows what asks for nothing', () => {
    expect(['', 'ab', ' a ', '\u0301\u0301\u0301', '   '].map(readSearch)).toEqual([null, null, null, null, null]);
  });
});
