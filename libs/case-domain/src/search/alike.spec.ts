import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldText } from './fold-text.js';
import { searchableText, searchWords } from './search-text.js';

const isFound = (question: string, ...texts: string[]): boolean => {
  const text = searchableText(texts);
  return searchWords(question)?.every((word) => text.includes(word)) === true;
};

describe('what reads the same to a person', () => {
  it.each<[string, string[]]>([
    ['letter case', ['straße', 'STRASSE', 'Straẞe', 'strasse']],
    ['İ and ı', ['İstanbul', 'ISTANBUL', 'ıstanbul', 'istanbul']],
    ['accents, before or on the letter', ['Ação', 'A\u0327c\u0327a\u0303o', 'ACAO', 'a&ccedil;&atilde;o']],
    ['width', ['Ｃａｓｅ　１２', 'case 12', 'CASE\u00a012']],
    ['ligatures', ['eﬃcient oﬀer', 'efficient offer']],
    ['letters that others do not have', ['Łódź smørrebrød Ægir œuvre', 'lodz smorrebrod aegir oeuvre']],
    [
      'soft hyphens and blanks without width',
      ['in\u00advoice', 'in\u200bvoice', '\ufeffinvoice', 'in\u2060voice', 'invoice'],
    ],
    ['curly quotes', ['it’s “fine”', 'it\'s "fine"', 'it`s «fine»', 'it&rsquo;s &ldquo;fine&rdquo;']],
    ['dashes', ['ten–twelve', 'ten—twelve', 'ten‑twelve', 'ten−twelve', 'ten-twelve']],
    ['dots', ['wait…', 'wait...', 'wait&hellip;']],
    ['marks of direction', ['\u202bשלום\u202c', 'של\u200fום', 'שלום']],
    ['pointed and stretched letters', ['مُحَمَّد', 'محمد', 'محـــمد']],
    ['digits of other scripts', ['order ١٢٣٤٥', 'order ۱۲۳۴۵', 'order १२३४५', 'order １２３４５', 'order 12345']],
    ['kana of half width', ['ｶﾞｽ', 'ガス']],
    [
      'encoded words',
      [
        '=?UTF-8?B?QcOnw6Nv?= dois',
        '=?iso-8859-1?Q?A=E7=E3o?= dois',
        'Ação dois',
        '=?utf-8*pt?q?A=C3=A7=C3=A3o?= dois',
      ],
    ],
    ['percent-encoding', ['A%C3%A7%C3%A3o', 'A%25C3%25A7%25C3%25A3o', 'ação']],
    [
      'entities',
      ['M&uuml;ller &amp; S&ouml;hne', 'M&#252;ller &amp;amp; S&#xF6;hne', 'Müller & Söhne', 'M&amp;uuml;ller & Söhne'],
    ],
    ['names of domains', ['info@bücher.example', 'info@xn--bcher-kva.example', 'INFO@XN--BCHER-KVA.EXAMPLE']],
    ['white space', ['two  words', 'two\t\r\nwords', 'two\u2003words', 'two\u3000words']],
    ['ideographs over the end of a line', ['東京\n都', '東京都']],
  ])('%s', (_, spellings) => {
    expect(new Set(spellings.map(foldText)).size).toBe(1);
    for (const question of spellings) {
      for (const text of spellings) {
        expect([question, text, isFound(question, `before ${text} after`)]).toEqual([question, text, true]);
      }
    }
  });

  it('a telephone number by whichever of its spellings', () => {
    const families = [
      [
        '+351 210 000 001',
        '210 000 001',
        '210000001',
        '00351210000001',
        '351210000001',
        '+351210000001',
        '(+351) 210-000-001',
      ],
      ['+44 (0)20 7946 0000', '020 7946 0000', '+442079460000', '0044 20 7946 0000', '(020) 7946-0000', '02079460000'],
      ['+39 06 698 12345', '06 698 12345', '+390669812345', '0039 06 69812345', '+39 (0)6 698 12345'],
      ['+1 (202) 555-0143', '(202) 555-0143', '202-555-0143', '202.555.0143', '+12025550143', '1 202 555 0143'],
      ['+49 30 123456', '030 123456', '030/123456', '0049 30 123456', '011 49 30 123456', '+49 (0) 30 - 12 34 56'],
      ['+81 3-1234-5678', '03-1234-5678', '０３－１２３４－５６７８', '+81312345678', '٠٣-١٢٣٤-٥٦٧٨'],
    ];
    for (const spellings of families) {
      for (const question of spellings) {
        for (const text of spellings) {
          expect([question, text, isFound(question, `call ${text}, please`)]).toEqual([question, text, true]);
        }
      }
    }
  });

  it('a number of a country that changed its numbers, in the old and the new spelling', () => {
    for (const [one, other] of [
      ['+5511987654321', '+551187654321'],
      ['+5215512345678', '+525512345678'],
      ['+5491123456789', '+541123456789'],
    ] as const) {
      expect([isFound(one, other), isFound(other, one)]).toEqual([true, true]);
    }
  });

  it('parts of an address, of a number, and what else has digits', () => {
    const text = [
      'Order 2026-03-02/17',
      'v192.168.1.10 and 192.168.1.105',
      'maria.silva@loja.example',
      '+351210000001',
      '1 2 3 4 5 6 7 8 9',
    ];
    for (const question of [
      '2026-03-02',
      '192.168.1.10',
      'v192.168.1.10',
      'silva@loja',
      'LOJA.example',
      '0000 001',
      '5 6 7',
      'order 17',
    ]) {
      expect([question, isFound(question, ...text)]).toEqual([question, true]);
    }
    for (const question of ['2026-03-03', '+351 210 000 002', '210 000 002 order', 'silva@loja.test']) {
      expect([question, isFound(question, ...text)]).toEqual([question, false]);
    }
    expect(isFound('2023 2024 2025', 'in 2025, after 2024 and 2023')).toBe(true);
  });

  it('two ideographs, and words of them apart, in what has no blanks, by what every index knows', () => {
    const text = '株式会社東京電力の請求書について';
    expect(['東京', '請求', '請求書 電力', '東京電力', 'の請'].map((question) => isFound(question, text))).toEqual(
      Array(5).fill(true),
    );
    expect(['京東', '大阪', '東京 大阪'].map((question) => isFound(question, text))).toEqual([false, false, false]);
    expect(isFound('東', text)).toBe(true);
    expect(isFound('한글 검색', '검색을 한글로')).toBe(true);
    expect(isFound('한국', '한글')).toBe(false);
    expect(searchWords('東京 大阪')?.every((word) => /^[a-z0-9]{8}$/.test(word))).toBe(true);
  });

  it('in texts that were made to be slow to read takes no time', () => {
    const hostile = [
      `&${'amp;'.repeat(60_000)}lt;`,
      `%${'25'.repeat(100_000)}41`,
      '=?'.repeat(80_000),
      '1 '.repeat(100_000),
      '&'.repeat(200_000),
      'xn--'.repeat(50_000),
      '+1 '.repeat(60_000),
      '東 '.repeat(80_000),
      `=?utf-8?B?${'QUFB'.repeat(500)}?=`.repeat(50),
    ];
    for (const text of hostile) {
      const started = performance.now();
      searchableText([text]);
      expect([text.slice(0, 12), performance.now() - started < 1500]).toEqual([text.slice(0, 12), true]);
    }
  });

  it('and folding twice changes nothing, whatever is encoded in it', () => {
    const piece = fc.constantFrom(
      '&',
      'amp;',
      'eacute;',
      '%',
      '25',
      'C3',
      'A9',
      '=?',
      'utf-8?',
      'B?',
      'w6k=',
      '?=',
      ' ',
      '東',
      '京',
      'x',
      'xn--',
      'bcher-kva',
      '´',
      '’',
      'ʾ',
      'ß',
      'İ',
      '１',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const once = foldText(pieces.join(''));
        expect(foldText(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });
});
