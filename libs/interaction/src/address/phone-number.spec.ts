import { describe, expect, it } from '@jest/globals';
import { normalisePhoneNumber } from './phone-number.js';

describe('a telephone number', () => {
  it.each([
    ['030 1234567', 'DE', '+49301234567'],
    ['020 7946 0000', 'gb', '+442079460000'],
    ['210 000 001', 'PT', '+351210000001'],
    ['351210000001', 'PT', '+351210000001'],
    ['(555) 010-0199', 'US', '+15550100199'],
    ['1 555 010 0199', 'US', '+15550100199'],
    ['+44 20 7946 0000', 'DE', '+442079460000'],
    ['1234567', 'DE', '1234567'],
    ['201', 'PT', '201'],
    ['0301234567', 'XX', '0301234567'],
    ['0301234567', null, '0301234567'],
  ])('%s in %s is %s', (raw, country, value) => {
    expect(normalisePhoneNumber(raw, country)).toBe(value);
  });

  it.each([
    ['+44 20 7946 0000', '+442079460000'],
    ['+49 (0)221 / 29191-999', '+4922129191999'],
    ['tel:+44-20-7946-0000;ext=12', '+442079460000'],
    ['sip:+442079460000@pbx.example:5060', '+442079460000'],
    ['sip:201@pbx.example', '201'],
    ['0044 20 7946 0000', '+442079460000'],
    ['020 7946 0000', '02079460000'],
    ['(0)20 7946 0000', '02079460000'],
    ['(555) 010-0199', '5550100199'],
    ['201', '201'],
  ])('%s is %s', (raw, value) => {
    expect(normalisePhoneNumber(raw)).toBe(value);
  });

  it.each([
    '',
    ' ',
    'Anonymous',
    'PRIVATE',
    'unknown',
    'Unavailable',
    'withheld',
    'sip:anonymous@anonymous.invalid',
    '+266696687',
    '+86282452253',
    '0000000000',
    '+10000000000',
    'Maria',
    '+12',
    '1234567890123456789012',
    '9'.repeat(100_000),
  ])('%.40s is nobody', (raw) => {
    expect(normalisePhoneNumber(raw)).toBeNull();
  });
});
