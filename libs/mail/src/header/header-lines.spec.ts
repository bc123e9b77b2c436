import { encode } from 'iconv-lite';
import { describe, expect, it } from '@jest/globals';
import { addressesOf } from './address-header.js';
import { headerValue, indexHeader, messageIds } from './header-lines.js';
import { readMimeHeader } from './mime-header.js';

describe('the ids of a header', () => {
  it.each([
    // Python's mail library folds ids that are too long for its lines into encoded words (bpo-35805).
    ['=?utf-8?q?=3Cout-90=40acme=2Eexample=3E?=', ['out-90@acme.example']],
    [
      '=?utf-8?q?=3CAM0PR04MB1234ABCDEF=40AM0PR04?= =?utf-8?q?=2Eeurprd04=3E?=',
      ['AM0PR04MB1234ABCDEF@AM0PR04.eurprd04'],
    ],
    ['<a@b.example> =?utf-8?q?=3Cc=40d=2Eexample=3E?=', ['a@b.example', 'c@d.example']],
    ['<CA+abc@mail.example', ['CA+abc@mail.example']],
    ['CA+abc@mail.example>', ['CA+abc@mail.example']],
    ['<a=?b?=c@d.example>', ['a=?b?=c@d.example']],
    ['<', []],
    ['a person <of', []],
  ])('%j', (value, expected) => {
    expect(messageIds(value)).toEqual(expected);
  });
});

describe('the address of a header', () => {
  const addressIn = (value: string) =>
    addressesOf(indexHeader([{ key: 'from', line: `From: ${value}` }]), 'from', null)[0]?.address;

  it.each([
    ['Maria <mailto:maria@customer.example>', 'maria@customer.example'],
    ["'maria@customer.example' <'maria@customer.example'>", 'maria@customer.example'],
    ["O'Neill <o'neill@customer.example>", "o'neill@customer.example"],
    ["<'neill@customer.example>", "'neill@customer.example"],
  ])('%j', (value, expected) => {
    expect(addressIn(value)).toBe(expected);
  });
});

describe('undeclared bytes among words of the header itself', () => {
  const nameIn = (name: string, charset: string) => {
    const line = `Content-Disposition: attachment; filename="${encode(name, charset).toString('latin1')}"`;
    return readMimeHeader(headerValue({ key: 'content-disposition', line })).parameters.get('filename');
  };

  it.each([
    ['Счет на оплату заказа.pdf', 'windows-1251'],
    ['Счет на оплату заказа.pdf', 'koi8-r'],
    ['维修发票说明书.pdf', 'gb18030'],
    ['修理のお見積書.pdf', 'shift_jis'],
    ['修理のお見積書 ソ.pdf', 'shift_jis'],
    ['수리 견적서입니다.pdf', 'euc-kr'],
    ['Größe für Öfen und Schränke.pdf', 'windows-1252'],
    ['Où.pdf', 'windows-1252'],
    ['é.pdf', 'windows-1252'],
    ['Größe 修理.pdf', 'utf-8'],
  ])('%s in %s', (name, charset) => {
    expect(nameIn(name, charset)).toBe(name);
  });
});
