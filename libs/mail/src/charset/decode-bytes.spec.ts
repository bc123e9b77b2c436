import { describe, expect, it } from '@jest/globals';
import { encode } from 'iconv-lite';
import { decodeText } from './decode-bytes.js';

const RUSSIAN = 'Привет, как дела? Заказ не пришёл';
const JAPANESE = '注文番号について';
const CHINESE = '订单有问题，请尽快处理，谢谢';
const TRADITIONAL = '訂單有問題，請儘快處理，謝謝您';
const KOREAN = '주문에 문제가 있습니다. 확인해 주세요';
const GERMAN = 'Grüße aus Köln – 5 € “prompt”';

describe('a label that is right', () => {
  it.each([
    ['windows-1252', GERMAN],
    ['koi8-r', RUSSIAN],
    ['windows-1251', RUSSIAN],
    ['iso-8859-2', 'Zażółć gęślą jaźń'],
    ['windows-1256', 'مرحبا بكم'],
    ['shift_jis', JAPANESE],
    ['euc-jp', JAPANESE],
    ['gb18030', `${CHINESE}㐁`],
    ['big5', TRADITIONAL],
    ['euc-kr', KOREAN],
    ['utf-16be', GERMAN],
    ['utf-7', GERMAN],
  ])('is kept: %s', (charset, text) => {
    expect(decodeText(encode(text, charset), charset)).toEqual({ text, guessed: false });
  });

  it.each([
    ['iso-8859-1', 'windows-1252', GERMAN],
    ['"utf-8; x"', 'utf-8', GERMAN],
    ['UTF8', 'utf-8', GERMAN],
    ['gb2312', 'gb18030', '镕基'],
    ['ks_c_5601-1987', 'cp949', '똠방각하'],
    ['Shift_JIS', 'cp932', '①ｱ'],
    ['x-sjis', 'cp932', JAPANESE],
    ['cp-1251', 'windows-1251', RUSSIAN],
    ['unicode-1-1-utf-7', 'utf-7', 'für'],
    ['iso-8859-8-i', 'windows-1255', 'שלום'],
  ])('is understood as it is meant: %s', (label, charset, text) => {
    expect(decodeText(encode(text, charset), label)).toEqual({ text, guessed: false });
  });

  it.each([
    ['iso-2022-jp', '\x1b$B$3$s\x1b(B ok \x1b(I12\x1b(B \x1b$B-!\x1b(B', 'こん ok ｱｲ ①'],
    ['iso-2022-jp', '\x0e12\x0f ok \xb1\xb2', 'ｱｲ ok ｱｲ'],
    ['iso-2022-kr', '\x1b$)C\x0e0!\x0f ok', '가 ok'],
    ['hz-gb-2312', '~{VPND~} ok ~~', '中文 ok ~'],
  ])('switches between sets: %s', (label, bytes, text) => {
    expect(decodeText(Buffer.from(bytes, 'latin1'), label).text).toBe(text);
  });
});

describe('a label that is missing, unknown or wrong', () => {
  it.each([
    ['windows-1252', GERMAN],
    ['windows-1252', 'São Paulo não é longe'],
    ['koi8-r', RUSSIAN],
    ['windows-1251', RUSSIAN],
    ['windows-1251', 'Привет'],
    ['shift_jis', JAPANESE],
    ['euc-jp', JAPANESE],
    ['gb18030', CHINESE],
    ['gb18030', '订单有问题'],
    ['big5', TRADITIONAL],
    ['euc-kr', KOREAN],
    ['windows-1254', 'Dün gelen lamba yanmıyor, değiştirebilir misiniz?'],
    ['windows-1250', 'Lampa, která včera přišla, nesvítí. Vyměníte ji?'],
    ['iso-8859-2', 'Lampa, která včera přišla, nesvítí. Vyměníte ji?'],
    ['windows-1252', 'Það er ekki hægt að kveikja á lampanum, því miður. Hvað þýðir það?'],
    ['windows-1252', 'Lampen, jeg købte hos Luìgi, er gået i stykker. Hvad gør jeg?'],
    ['windows-1253', 'Καλημέρα σας'],
    ['windows-1255', 'שלום לכולם'],
    ['utf-8', `${GERMAN} ${JAPANESE}`],
  ])('is guessed: %s %s', (charset, text) => {
    const bytes = encode(text, charset);
    expect(decodeText(bytes, null)).toEqual({ text, guessed: true });
    expect(decodeText(bytes, 'x-unknown').text).toBe(text);
    expect(decodeText(bytes, 'us-ascii').text).toBe(text);
  });

  it.each(['iso-8859-1', 'windows-1251', 'gb2312', 'shift_jis', 'us-ascii'])(
    'gives way to valid UTF-8: %s',
    (label) => {
      expect(decodeText(Buffer.from('Grüße aus 日本 und Köln'), label)).toEqual({
        text: 'Grüße aus 日本 und Köln',
        guessed: true,
      });
    },
  );

  it('is utf-8 where the bytes are western', () => {
    expect(decodeText(encode('Grüße aus Köln', 'latin1'), 'utf-8')).toEqual({ text: 'Grüße aus Köln', guessed: true });
  });

  it('follows what the mail uses elsewhere', () => {
    expect(decodeText(encode('Zażółć', 'iso-8859-2'), null, 'iso-8859-2').text).toBe('Zażółć');
  });

  it('finds Japanese by its escapes and UTF-16 by its mark', () => {
    expect(decodeText(Buffer.from('\x1b$B$3$s\x1b(B'), null).text).toBe('こん');
    expect(decodeText(Buffer.from(`\ufeff${GERMAN}`, 'utf16le'), 'utf-8').text).toBe(GERMAN);
  });

  it('keeps a long UTF-8 text with one broken byte', () => {
    const bytes = Buffer.concat([Buffer.from('日本語のとても長い文章です。まだ続きます。'), Buffer.from([0xff])]);
    expect(decodeText(bytes, 'utf-8').text).toMatch(/^日本語のとても長い文章です。まだ続きます。\ufffd$/);
  });
});
